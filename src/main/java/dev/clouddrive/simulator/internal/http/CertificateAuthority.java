package dev.clouddrive.simulator.internal.http;

import dev.clouddrive.simulator.internal.time.Timeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority of one simulator's own, and a certificate of it for each host name that a
 * client asks for (RFC 5280). Keys are EC P-256, made on first use: that takes a tenth of what RSA
 * takes. Validity is of the wall clock, because clients check it against theirs.
 */
public final class CertificateAuthority {
  private static final String NAME = "clouddrive-simulator CA";
  private static final String LOCAL = "localhost";
  private static final String CERTIFICATE_FILE = "ca.pem";
  private static final String KEY_FILE = "ca-key.pem";
  private static final Duration CA_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(365);
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";

  private final Set<String> hosts;
  private final KeyPair caKey;
  private final KeyPair leafKey;
  private final X509Certificate certificate;
  private final Map<String, X509Certificate> leaves = new ConcurrentHashMap<>();
  private final AtomicLong serial = new AtomicLong(Timeline.wallClock().toEpochMilli());

  private CertificateAuthority(
      Set<String> hosts, KeyPair caKey, @Nullable X509Certificate certificate)
      throws GeneralSecurityException {
    this.hosts = Set.copyOf(hosts);
    this.caKey = caKey;
    this.leafKey = newKey();
    this.certificate = certificate == null ? ownCertificate() : certificate;
  }

  /**
   * A new one.
   *
   * @param hosts the names that get a certificate; any other gets that of {@value #LOCAL}
   */
  public static CertificateAuthority create(Set<String> hosts) {
    try {
      return new CertificateAuthority(hosts, newKey(), null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * That which a directory keeps, in {@value #CERTIFICATE_FILE} and {@value #KEY_FILE}; where it
   * has none, a new one that is kept there from now on.
   *
   * @throws IOException if the files can't be read or written, or hold something else
   */
  public static CertificateAuthority keptIn(Path directory, Set<String> hosts) throws IOException {
    Path certificateFile = directory.resolve(CERTIFICATE_FILE);
    Path keyFile = directory.resolve(KEY_FILE);
    try {
      if (Files.exists(certificateFile) && Files.exists(keyFile)) {
        X509Certificate certificate = parse(Files.readAllBytes(certificateFile));
        PrivateKey key =
            KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(unarmoured(Files.readString(keyFile))));
        return new CertificateAuthority(
            hosts, new KeyPair(certificate.getPublicKey(), key), certificate);
      }
      CertificateAuthority made = create(hosts);
      Files.createDirectories(directory);
      writeSecret(keyFile, armoured("PRIVATE KEY", made.caKey.getPrivate().getEncoded()));
      Files.writeString(certificateFile, made.pem());
      return made;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          certificateFile + " and " + keyFile + " are no EC authority; remove both for a new one",
          e);
    }
  }

  private static void writeSecret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    if (Files.getFileStore(file.toAbsolutePath().getParent())
        .supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, text);
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate ownCertificate() throws GeneralSecurityException {
    return certificate(
        NAME,
        caKey.getPublic(),
        CA_LIFE,
        List.of(
            extension("2.5.29.19", true, Der.sequence(Der.trueValue())),
            extension("2.5.29.15", true, Der.bits(new byte[] {0x06}, 1)),
            extension("2.5.29.14", false, Der.octets(keyId(caKey.getPublic())))));
  }

  /** The authority's certificate, to be trusted by clients, as PEM. */
  public String pem() {
    try {
      return armoured("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String armoured(String what, byte[] der) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
  }

  private static byte[] unarmoured(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  /** A server's TLS context that shows each client the certificate of the name it asks for. */
  public SSLContext serverContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new ByName()}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate leaf(String host) {
    return leaves.computeIfAbsent(
        host,
        name -> {
          try {
            return certificate(
                name,
                leafKey.getPublic(),
                LEAF_LIFE,
                List.of(
                    extension("2.5.29.17", false, names(name)),
                    extension("2.5.29.15", true, Der.bits(new byte[] {(byte) 0x80}, 7)),
                    extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
                    extension("2.5.29.14", false, Der.octets(keyId(leafKey.getPublic()))),
                    extension(
                        "2.5.29.35",
                        false,
                        Der.sequence(Der.contextPrimitive(0, keyId(caKey.getPublic()))))));
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static byte[] names(String host) {
    List<byte[]> names = new ArrayList<>();
    names.add(Der.contextPrimitive(2, host.getBytes(StandardCharsets.US_ASCII)));
    if (host.equals(LOCAL)) {
      names.add(Der.contextPrimitive(7, new byte[] {127, 0, 0, 1}));
      byte[] loopback6 = new byte[16];
      loopback6[15] = 1;
      names.add(Der.contextPrimitive(7, loopback6));
    }
    return Der.sequence(names.toArray(byte[][]::new));
  }

  private X509Certificate certificate(
      String subject, PublicKey key, Duration life, List<byte[]> extensions)
      throws GeneralSecurityException {
    Instant now = Timeline.wallClock();
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    byte[] body =
        Der.sequence(
            Der.context(0, Der.integer(2)),
            Der.integer(serial.incrementAndGet()),
            algorithm,
            distinguishedName(NAME),
            Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(life))),
            distinguishedName(subject),
            key.getEncoded(),
            Der.context(3, Der.sequence(extensions.toArray(byte[][]::new))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(caKey.getPrivate());
    signature.update(body);
    byte[] encoded = Der.sequence(body, algorithm, Der.bits(signature.sign(), 0));
    return parse(encoded);
  }

  private static X509Certificate parse(byte[] encoded) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static byte[] distinguishedName(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.trueValue(), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
  }

  /** Chooses the certificate by the name in the client's hello (RFC 6066 3). */
  private final class ByName extends X509ExtendedKeyManager {
    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
      return keyType.startsWith("EC") ? host(engine.getHandshakeSession()) : null;
    }

    private String host(SSLSession session) {
      if (session instanceof ExtendedSSLSession extended) {
        for (SNIServerName name : extended.getRequestedServerNames()) {
          if (name instanceof SNIHostName host && hosts.contains(host.getAsciiName())) {
            return host.getAsciiName();
          }
        }
      }
      return LOCAL;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {leaf(alias), certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return leafKey.getPrivate();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {LOCAL};
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
      return LOCAL;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }
  }
}
