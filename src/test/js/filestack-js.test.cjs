// filestack-js 4.3.8 from npm, unmodified, by the vendor's own host names over HTTPS.
'use strict';
const { test, before, after } = require('node:test');
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const http = require('node:http');
const filestack = require('filestack-js');

const control = `http://127.0.0.1:${process.env.SIMULATOR_PORT}/_simulator/api/`;
const apikey = 'ASimKey0000000000000Az';
const secret = 'SIMULATORSECRET00000000000';
const far = 4102444800;
let site;
let siteUrl;
const webhooks = [];

async function call(method, path, body) {
  const response = await fetch(control + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response.status === 204 ? null : response.json();
}

function security(policy) {
  return filestack.getSecurity({ expiry: far, ...policy }, secret);
}

async function bytes(url) {
  const response = await fetch(url);
  return { status: response.status, type: response.headers.get('content-type'),
    body: Buffer.from(await response.arrayBuffer()) };
}

const md5 = (data) => crypto.createHash('md5').update(data).digest('hex');

before(async () => {
  site = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') {
        webhooks.push({ body: Buffer.concat(chunks).toString('utf8'), headers: request.headers });
      }
      response.setHeader('Content-Type', 'text/plain');
      response.end('from afar');
    });
  });
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  siteUrl = `http://127.0.0.1:${site.address().port}`;
});

after(() => site.close());

test('upload of a small file', async () => {
  const client = filestack.init(apikey);
  const file = await client.upload(Buffer.from('hello'), {}, { path: 'in/', container: 'bk', location: 's3' });
  assert.match(file.handle, /^[A-Za-z0-9]{20}$/);
  assert.equal(file.status, 'Stored');
  assert.equal(file.size, 5);
  assert.equal(file.container, 'bk');
  assert.match(file.key, /^in\//);
  assert.equal((await bytes(file.url)).body.toString(), 'hello');
});

test('upload in parts', async () => {
  const client = filestack.init(apikey);
  const data = crypto.randomBytes(17 * 1024 * 1024 + 3);
  const file = await client.upload({ file: data, name: 'große Datei.bin' },
    { tags: { a: 'b' }, partSize: 5 * 1024 * 1024, concurrency: 4 });
  assert.equal(file.filename, 'große Datei.bin');
  assert.deepEqual(file.uploadTags, { a: 'b' });
  const facts = await client.metadata(file.handle, { md5: true, size: true });
  assert.equal(facts.md5, md5(data));
  assert.equal(facts.size, data.length);
});

test('intelligent upload, with a complete that has to be asked for twice', async () => {
  await call('PUT', 'options', { 'upload.intelligentIngestion': true, 'upload.completePending': 1 });
  try {
    const client = filestack.init(apikey);
    const data = crypto.randomBytes(9 * 1024 * 1024);
    const file = await client.upload(data, { intelligent: true });
    assert.equal(md5((await bytes(file.url)).body), md5(data));
  } finally {
    await call('PUT', 'options', { 'upload.intelligentIngestion': false, 'upload.completePending': 0 });
  }
});

test('a part that fails at first is put again', async () => {
  await call('POST', 'faults', { on: 's3.putPart', effect: { status: 503 }, times: 1 });
  const file = await filestack.init(apikey).upload(Buffer.from('again'), { retry: 3, retryFactor: 1 });
  assert.equal((await bytes(file.url)).body.toString(), 'again');
});

test('storeURL', async () => {
  const client = filestack.init(apikey);
  const file = await client.storeURL(`${siteUrl}/dir/a,b.txt?x=1`, { path: 'far/', container: 'bk' },
    undefined, security({ call: ['store', 'pick'] }), { c: 'd' });
  assert.equal(file.filename, 'a,b.txt');
  assert.equal(file.mimetype, 'text/plain');
  assert.deepEqual(file.uploadTags, { c: 'd' });
  assert.equal((await bytes(file.url)).body.toString(), 'from afar');
  await assert.rejects(client.storeURL('http://169.254.169.254/latest/meta-data'));
});

test('retrieve, with and without an extension', async () => {
  const client = filestack.init(apikey);
  const file = await client.upload(Buffer.from('hello'));
  assert.equal(String(await client.retrieve(file.handle)), 'hello');
  assert.equal(String(await client.retrieve(file.handle, { extension: 'txt' })), 'hello');
  const facts = await client.retrieve(file.handle, { metadata: true });
  assert.equal(facts.size, 5);
  assert.ok(await client.retrieve(file.handle, { head: true }));
});

test('metadata', async () => {
  const client = filestack.init(apikey);
  const file = await client.upload(Buffer.from('hello'));
  const facts = await client.metadata(file.handle);
  assert.equal(facts.handle, file.handle);
  assert.equal(facts.mimetype, 'text/plain');
  assert.equal(facts.writeable, true);
  assert.ok(Math.abs(facts.uploaded - Date.now()) < 3_600_000);
});

test('remove and removeMetadata', async () => {
  const client = filestack.init(apikey);
  const removal = security({ call: ['remove'] });
  const file = await client.upload(Buffer.from('gone'));
  await client.remove(file.handle, removal);
  assert.equal((await bytes(file.url)).status, 404);
  await assert.rejects(client.remove(file.handle, removal));
  const kept = await client.upload(Buffer.from('kept'), {}, { container: 'kept' });
  await client.removeMetadata(kept.handle, removal);
  assert.equal((await bytes(kept.url)).status, 404);
  const { objects } = await call('GET', 'objects?container=kept');
  assert.equal(objects.length, 1);
});

test('transform URLs resolve', async () => {
  const client = filestack.init(apikey);
  const pick = await call('POST', 'picks', {
    apikey, account: 'alice@example.com', source: 'clouddrive', paths: ['/Pictures/logo.png'], mode: 'store' });
  const handle = pick.filesUploaded[0].handle;
  const url = client.transform(handle, { resize: { width: 20, height: 10, fit: 'scale' }, rotate: { deg: 90 } });
  const picture = await bytes(url);
  assert.equal(picture.status, 200);
  assert.equal(picture.type, 'image/png');
  assert.equal(picture.body.readUInt32BE(16), 10);
  assert.equal(picture.body.readUInt32BE(20), 20);
  const link = new filestack.Filelink(handle, apikey).resize({ width: 20 }).toString();
  assert.equal((await bytes(link)).status, 200);
});

test('every transform that the SDK lets through is understood', async () => {
  const client = filestack.init(apikey);
  const { filesUploaded } = await call('POST', 'picks', {
    apikey, account: 'alice@example.com', source: 'clouddrive', paths: ['/Pictures/logo.png'], mode: 'store' });
  const { handle } = filesUploaded[0];
  const box = [[1, 2, 30, 40], [5, 6, 7, 8]];
  const transforms = [
    { resize: { width: 100, height: 50, fit: 'crop', align: ['top', 'left'] } },
    { crop: { dim: [0, 0, 10, 10] } },
    { rotate: { deg: 45, exif: true, background: 'transparent' } },
    { flip: true }, { flop: true }, { monochrome: true }, { negative: true }, { redeye: true },
    { compress: true }, { imagesize: true }, { no_metadata: true },
    { enhance: { preset: 'fix_dark' } }, { quality: { value: 50 } },
    { sharpen: { amount: 3 } }, { blur: { amount: 3 } }, { sepia: { tone: 40 } },
    { blackwhite: { threshold: 40 } }, { pixelate: { amount: 4 } }, { oil_paint: { amount: 4 } },
    { modulate: { brightness: 120, hue: 20, saturation: 90 } },
    { border: { width: 4, color: 'gray50', background: 'white' } },
    { roundedCorners: { radius: 'max', blur: 0.3, background: 'red' } },
    { vignette: { amount: 40, blurmode: 'linear', background: 'black' } },
    { polaroid: { color: 'snow', rotate: 45, background: 'none' } },
    { tornEdges: { spread: [5, 50], background: 'white' } },
    { shadow: { blur: 4, opacity: 60, vector: [4, 4], color: 'black', background: 'white' } },
    { circle: { background: 'green' } },
    { detectFaces: { minsize: 0.35, maxsize: 0.35, color: 'red', export: true } },
    { blurFaces: { faces: 'all', type: 'oval', amount: 10, blur: 4, minsize: 1, maxsize: 2, buffer: 3 } },
    { pixelateFaces: { faces: [1, 2], type: 'rect', amount: 10 } },
    { partialBlur: { objects: box, amount: 4, blur: 2, type: 'rect' } },
    { partialPixelate: { objects: box, amount: 4, blur: 2, type: 'oval' } },
    { smartCrop: { width: 50, height: 50, mode: 'auto' } },
    { collage: { files: [handle, handle], width: 300, height: 300, margin: 20, color: 'white', fit: 'crop', autorotate: true } },
    { upscale: { noise: 'low', style: 'photo' } },
    { ascii: { background: 'white', colored: true, foreground: 'black', reverse: true, size: 50 } },
    { output: { format: 'jpg', quality: 50, background: 'white', compress: true, strip: true, colorspace: 'input' } },
    { pjpg: { quality: 50, metadata: true } },
    { watermark: { file: handle, size: 30, position: ['top', 'left'] } },
    { cache: { expiry: 100 } }, { auto_image: true },
    { resize: { width: 10 }, flip: true, output: { format: 'png' } },
  ];
  const refused = [];
  for (const transform of transforms) {
    let url;
    try {
      url = client.transform(handle, transform);
    } catch (error) {
      refused.push(`${Object.keys(transform)}: the SDK: ${error.message}`);
      continue;
    }
    const answer = await fetch(url);
    if (answer.status !== 200) {
      refused.push(`${url}: ${answer.status} ${await answer.text()}`);
    }
    await answer.arrayBuffer().catch(() => {});
  }
  assert.deepEqual(refused, []);
});

test('a secured application takes what is signed, and nothing else', async () => {
  const app = await call('POST', 'apps', { secret, security: true });
  const open = filestack.init(app.apikey);
  await assert.rejects(open.upload(Buffer.from('no'), { retry: 1 }));
  const signed = security({ call: ['pick', 'store', 'read', 'stat', 'convert', 'remove'] });
  const client = filestack.init(app.apikey, { security: signed });
  const file = await client.upload(Buffer.from('yes'));
  assert.equal(String(await client.retrieve(file.handle)), 'yes');
  assert.equal((await client.metadata(file.handle)).size, 3);
  assert.equal((await bytes(file.url)).status, 403);
  const url = `${file.url}?policy=${encodeURIComponent(signed.policy)}&signature=${signed.signature}`;
  assert.equal((await bytes(url)).status, 200);
  await client.remove(file.handle);
});

test('the webhook helper agrees with our signatures', async () => {
  const entries = await call('POST', `apps/${apikey}/webhooks`, { url: siteUrl, event: 'fp.upload' });
  webhooks.length = 0;
  await filestack.init(apikey).upload({ file: Buffer.from('x'), name: 'zürich 🏔.txt' });
  await call('POST', 'clock/settle', {});
  await call('DELETE', `apps/${apikey}/webhooks/${entries[0].id}`);
  assert.equal(webhooks.length, 1);
  const { body, headers } = webhooks[0];
  const signature = { signature: headers['fs-signature'], timestamp: headers['fs-timestamp'] };
  assert.equal(filestack.validateWebhookSignature(entries[0].secret, body, signature), true);
  assert.equal(filestack.validateWebhookSignature(entries[0].secret, body + ' ', signature), false);
  assert.equal(JSON.parse(body).text.filename, 'zürich 🏔.txt');
  assert.equal(JSON.parse(body).text.client, 'Computer');
});
