// A person at the picker, in Chromium: the vendor's SDKs unmodified, by the vendor's host names
// through the simulator as the browser's proxy.
'use strict';
const test = require('node:test');
const assert = require('node:assert');
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');
const { chromium } = require('playwright-core');

const origin = `http://127.0.0.1:${process.env.SIMULATOR_PORT}`;
// What Chromium would do beside showing pages, for most of which it would ask the world outside.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-extensions', '--disable-smooth-scrolling'];
const launch = {
  executablePath: process.env.CHROMIUM,
  args: [...quiet, `--proxy-server=${origin}`],
};
const APIKEY = 'ASimKey0000000000000Az';
const SHOTS = path.join('..', 'screenshots');
const sdk = {
  old: require.resolve('filepicker-js/dist/filepicker.js'),
  0: require.resolve('filestack-js-0/dist/filestack.js'),
  1: require.resolve('filestack-js-1/build/browser/filestack.min.js'),
  4: path.join('node_modules', 'filestack-js', 'build', 'browser', 'filestack.min.js'),
};
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let site;
let base;
let browser;
let context;
const hooks = [];

test.before(async () => {
  fs.mkdirSync(SHOTS, { recursive: true });
  site = http.createServer((request, response) => {
    const asked = new URL(request.url, 'http://site').pathname;
    if (asked === '/hook') {
      let body = '';
      request.on('data', (part) => { body += part; }).on('end', () => {
        hooks.push(JSON.parse(body));
        response.end('ok');
      });
    } else if (asked.startsWith('/sdk/')) {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(fs.readFileSync(sdk[asked.slice(5)]));
    } else {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end('<!doctype html><html lang="en"><title>An application</title><body><h1>An application</h1></body></html>');
    }
  });
  await new Promise((resolve) => { site.listen(0, '127.0.0.1', resolve); });
  base = `http://127.0.0.1:${site.address().port}`;
  browser = await chromium.launch(launch);
});

test.after(async () => {
  await browser.close();
  // The webhook's sender keeps its connection.
  site.closeAllConnections();
  await new Promise((resolve) => { site.close(resolve); });
});

test.beforeEach(async () => {
  await api('POST', 'reset');
  hooks.length = 0;
  await api('POST', `apps/${APIKEY}/webhooks`, { url: base + '/hook', event: 'all' });
  context = await browser.newContext({ ignoreHTTPSErrors: true });
  context.setDefaultTimeout(30_000);
});

test.afterEach(() => context.close());

async function api(method, call, body) {
  const raw = typeof body === 'string' || body instanceof Buffer;
  const response = await fetch(`${origin}/_simulator/api/${call}`, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': raw ? 'application/octet-stream' : 'application/json' },
    body: body === undefined || raw ? body : JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${call}: ${response.status}`);
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

/** A browser that is not incognito: there alone third-party cookies go, by which 0.x knows its session. */
async function usual() {
  await context.close();
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
  fs.mkdirSync(path.join(profile, 'Default'));
  fs.writeFileSync(path.join(profile, 'Default', 'Preferences'),
    JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }));
  context = await chromium.launchPersistentContext(profile, { ...launch, ignoreHTTPSErrors: true });
  context.setDefaultTimeout(30_000);
}

/** The integrator's page with an SDK of one generation, whose picker is opened. */
async function opened(generation, options, stays = true) {
  const page = await context.newPage();
  await page.goto(base + '/');
  await page.addScriptTag({ url: `/sdk/${generation}` });
  await page.evaluate(([apikey, major, wishes]) => {
    window.told = [];
    const client = window.filestack.init(apikey);
    if (major === 0) {
      client.pick(wishes).then((result) => { window.result = result; }, (error) => { window.rejected = error; });
      return;
    }
    const names = ['onOpen', 'onClose', 'onCancel', 'onFileSelected', 'onFileUploadStarted', 'onFileUploadProgress',
      'onFileUploadFinished', 'onFileUploadFailed', 'onUploadStarted'];
    const callbacks = Object.fromEntries(names.map((name) => [name, () => { window.told.push(name); }]));
    if (wishes.veto) {
      callbacks.onFileSelected = () => { throw new Error(wishes.veto); };
    }
    const { veto, ...rest } = wishes;
    window.picker = client.picker({ ...rest, ...callbacks, onUploadDone: (result) => { window.result = result; } });
    window.picker.open();
  }, [APIKEY, generation, options]);
  if (stays) {
    await page.getByRole('dialog', { name: 'File picker' }).waitFor();
  }
  return page;
}

const result = (page) => page.waitForFunction(() => window.result).then((handle) => handle.jsonValue());

async function signIn(page, consent = 'Allow') {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).click(),
  ]);
  await popup.getByLabel('Email').fill('alice@example.com');
  await popup.getByLabel('Password').fill('password');
  await look(popup, 'login');
  await popup.getByRole('button', { name: 'Sign in' }).click();
  await popup.getByRole('button', { name: consent }).waitFor();
  await look(popup, 'consent');
  await popup.getByRole('button', { name: consent }).click();
  return popup;
}

const looked = new Set();

/** Keeps a picture of a page, and lets axe look at it; once for each name. */
async function look(page, name) {
  if (looked.has(name)) {
    return;
  }
  looked.add(name);
  await page.screenshot({ path: path.join(SHOTS, name + '.png') });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const serious = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
  assert.deepStrictEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`), [], name);
}

const entry = (page, name) => page.getByRole('button', { name });

async function hook(action) {
  await api('POST', 'clock/settle');
  return hooks.find((event) => event.action === action);
}

for (const generation of [0, 1, 4]) {
  test(`a file of the Cloud Drive is picked with filestack-js ${generation}.x`, async () => {
    if (generation === 0) {
      await usual();
    }
    const page = await opened(generation, { fromSources: ['clouddrive'] });
    await signIn(page);
    await entry(page, /^Pictures/).click();
    await entry(page, /^beach.jpg/).click();
    await look(page, `folder-${generation}`);
    await entry(page, 'Upload').click();
    const { filesUploaded, filesFailed } = await result(page);
    assert.deepStrictEqual(filesFailed, []);
    const [file] = filesUploaded;
    assert.strictEqual(filesUploaded.length, 1);
    assert.strictEqual(file.filename, 'beach.jpg');
    assert.strictEqual(file.mimetype, 'image/jpeg');
    assert.strictEqual(file.originalPath, '/Pictures/beach.jpg');
    assert.strictEqual(file.source, 'clouddrive');
    assert.match(file.handle, /^[A-Za-z0-9]{20}$/);
    assert.strictEqual(file.url, `https://cdn.filestackcontent.com/${file.handle}`);
    assert.match(file.uploadId, /^[0-9a-f]{32}$/);
    assert.strictEqual(await page.getByRole('dialog').count(), 0);
    const event = await hook('fp.upload');
    assert.strictEqual(event.text.client, 'Amazon Cloud Drive');
    assert.strictEqual(event.text.filename, 'beach.jpg');
    const content = await fetch(`${origin}/${file.handle}`);
    assert.strictEqual((await content.arrayBuffer()).byteLength, file.size);
  });
}

test('a patched table of hosts leads to the simulator without a proxy', async () => {
  const direct = await chromium.launch({ executablePath: process.env.CHROMIUM, args: quiet });
  try {
    await context.close();
    context = await direct.newContext();
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    await page.goto(base + '/');
    await page.addScriptTag({ url: '/sdk/4' });
    await page.evaluate(([apikey, SIM]) => {
      const client = window.filestack.init(apikey);
      Object.assign(client.session.urls, {
        processUrl: SIM, fileApiUrl: `${SIM}/api/file`, uploadApiUrl: SIM, cloudApiUrl: SIM, cdnUrl: SIM,
        pickerUrl: `${SIM}/picker/sim/picker.js`,
      });
      client.cloud.cloudApiUrl = SIM;
      client.picker({ fromSources: ['clouddrive'], onUploadDone: (done) => { window.result = done; } }).open();
    }, [APIKEY, origin]);
    await signIn(page);
    await entry(page, /^Pictures/).click();
    await entry(page, /^beach.jpg/).click();
    await entry(page, 'Upload').click();
    const { filesUploaded: [file] } = await result(page);
    assert.strictEqual(file.url, `${origin}/${file.handle}`);
  } finally {
    await direct.close();
  }
});

test('preferLinkOverStore links to the file where it is', async () => {
  await usual();
  const page = await opened(0, { fromSources: ['clouddrive'], preferLinkOverStore: true });
  await signIn(page);
  await entry(page, /^Pictures/).click();
  await entry(page, /^beach.jpg/).click();
  await entry(page, 'Upload').click();
  const { filesUploaded: [file] } = await result(page);
  await api('PUT', 'accounts/alice@example.com/files/Pictures/beach.jpg', 'other bytes');
  assert.strictEqual(await (await fetch(`${origin}/${file.handle}`)).text(), 'other bytes');
});

test('several files are picked, of accepted kinds, as many as are wanted', async () => {
  await api('PUT', 'accounts/alice@example.com/files/mixed/a.png', 'a');
  await api('PUT', 'accounts/alice@example.com/files/mixed/b.png', 'bb');
  await api('PUT', 'accounts/alice@example.com/files/mixed/c.png', 'ccc');
  await api('PUT', 'accounts/alice@example.com/files/mixed/long.png', 'x'.repeat(2000));
  await api('PUT', 'accounts/alice@example.com/files/mixed/text.txt', 'text');
  const page = await opened(4, { fromSources: ['clouddrive'], minFiles: 2, maxFiles: 2, accept: ['image/*'], maxSize: 1000 });
  await signIn(page);
  await entry(page, /^mixed/).click();
  await entry(page, /^a.png/).click();
  assert.ok(await entry(page, 'Upload').isDisabled());
  assert.strictEqual(await entry(page, /^text.txt/).count(), 0);
  assert.ok(await entry(page, /^long.png/).isDisabled());
  await entry(page, /^b.png/).click();
  await entry(page, /^c.png/).click();
  assert.match(await page.getByRole('alert').textContent(), /No more than 2 files/);
  await page.getByRole('searchbox').fill('B.P');
  assert.strictEqual(await entry(page, /^a.png/).count(), 0);
  await entry(page, 'Upload').click();
  const { filesUploaded } = await result(page);
  assert.deepStrictEqual(filesUploaded.map((f) => f.originalPath), ['/mixed/a.png', '/mixed/b.png']);
  assert.deepStrictEqual(await page.evaluate(() => window.told), ['onOpen', 'onFileSelected', 'onFileSelected', 'onUploadStarted',
    'onFileUploadStarted', 'onFileUploadStarted', 'onFileUploadFinished', 'onFileUploadFinished', 'onClose']);
});

test('a long folder is read page by page', async () => {
  await api('POST', 'accounts/alice@example.com/generate', { folder: '/bulk', count: 250, size: 10, seed: 1 });
  const page = await opened(4, { fromSources: ['clouddrive'] });
  await signIn(page);
  await entry(page, /^bulk/).click();
  await page.getByRole('list', { name: 'Files and folders' }).waitFor();
  const rows = page.getByRole('list', { name: 'Files and folders' }).getByRole('listitem');
  await rows.first().waitFor();
  while (await entry(page, 'Show more').count() > 0) {
    const before = await rows.count();
    await entry(page, 'Show more').click();
    await page.waitForFunction((n) => document.querySelector('#__filestack-picker').shadowRoot
      .querySelectorAll('main li .row').length > n, before);
  }
  assert.strictEqual(await rows.count(), 250);
});

test('a local file goes up by the SDK itself', async () => {
  const page = await opened(4, { fromSources: ['local_file_system'], storeTo: { path: 'in/' } });
  await page.getByLabel('Files of this device').setInputFiles({ name: 'hello.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await look(page, 'local');
  await entry(page, 'Upload').click();
  const { filesUploaded: [file] } = await result(page);
  assert.strictEqual(file.source, 'local_file_system');
  assert.deepStrictEqual(file.originalFile, { name: 'hello.txt', type: 'text/plain', size: 5 });
  assert.strictEqual(await (await fetch(`${origin}/${file.handle}`)).text(), 'hello');
});

test('a link is fetched', async () => {
  const { filesUploaded: [other] } = await api('POST', 'picks',
    { apikey: APIKEY, account: 'alice@example.com', source: 'clouddrive', paths: ['/Pictures/beach.jpg'], mode: 'store' });
  const page = await opened(4, { fromSources: ['url'] });
  await page.getByLabel('Link to a file').fill(`https://cdn.filestackcontent.com/${other.handle}`);
  await entry(page, 'Add').click();
  await entry(page, /beach.jpg/).waitFor();
  await entry(page, 'Upload').click();
  const { filesUploaded: [file] } = await result(page);
  assert.strictEqual(file.source, 'url');
  assert.strictEqual(file.size, other.size);
});

test('a refused consent is told of, and another try is open', async () => {
  const page = await opened(4, { fromSources: ['clouddrive'] });
  const popup = await signIn(page, 'Cancel');
  await popup.getByRole('heading', { name: 'Authentication failed' }).waitFor();
  await popup.close();
  await page.getByRole('alert').filter({ hasText: 'You are not signed in' }).waitFor();
  const [again] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).click(),
  ]);
  await again.getByRole('button', { name: 'Allow' }).click();
  await entry(page, /^Pictures/).waitFor();
});

test('a veto of the application keeps a file out', async () => {
  const page = await opened(4, { fromSources: ['clouddrive'], veto: 'Not this <b>one</b>' });
  await signIn(page);
  await entry(page, /^Pictures/).click();
  await entry(page, /^beach.jpg/).click();
  assert.strictEqual(await page.getByRole('alert').textContent(), 'Not this <b>one</b>');
  assert.ok(await entry(page, 'Upload').isDisabled());
});

test('Escape cancels', async () => {
  const page = await opened(4, { fromSources: ['clouddrive', 'googledrive'] });
  await page.getByRole('button', { name: /^Google Drive/ }).click();
  await page.getByText('Google Drive is not connected in this simulation.').waitFor();
  await look(page, 'absent');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => window.told.includes('onCancel'));
  assert.deepStrictEqual(await page.evaluate(() => window.told), ['onOpen', 'onClose', 'onCancel']);
  assert.strictEqual(await page.getByRole('dialog').count(), 0);
});

test('rejectOnCancel rejects the promise of 0.x', async () => {
  const page = await opened(0, { fromSources: ['clouddrive'], rejectOnCancel: true });
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => window.rejected);
});

test('a busy service is told of, and asked again', async () => {
  const page = await opened(4, { fromSources: ['url', 'clouddrive'] });
  await page.getByLabel('Link to a file').waitFor();
  await api('POST', 'faults', { on: 'cloud.list', effect: { status: 429 } });
  await page.getByRole('button', { name: 'Amazon Cloud Drive' }).click();
  await page.getByText('too many requests').waitFor();
  await look(page, 'busy');
  await entry(page, 'Try again').click();
  await page.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).waitFor();
});

test('a file that fails is in filesFailed', async () => {
  const page = await opened(1, { fromSources: ['clouddrive'] });
  await signIn(page);
  await entry(page, /^Pictures/).click();
  await entry(page, /^beach.jpg/).click();
  await api('POST', 'faults', { on: 'cloud.store', effect: { status: 503 } });
  await entry(page, 'Upload').click();
  const { filesUploaded, filesFailed } = await result(page);
  assert.deepStrictEqual(filesUploaded, []);
  assert.strictEqual(filesFailed[0].filename, 'beach.jpg');
  assert.strictEqual(await hook('fp.upload'), undefined);
});

test('names are text, never HTML', async () => {
  const name = '<img src=x onerror="window.owned=1">.png';
  await api('PUT', `accounts/alice@example.com/files/${encodeURIComponent(name)}`, 'png');
  const page = await opened(4, { fromSources: ['clouddrive'] });
  await signIn(page);
  await entry(page, name).click();
  await entry(page, 'Upload').click();
  const { filesUploaded: [file] } = await result(page);
  assert.strictEqual(file.originalPath, '/' + name);
  assert.strictEqual(await page.evaluate(() => window.owned), undefined);
});

test('a person tries it by hand, dark and as wide as a phone', async () => {
  await context.close();
  context = await browser.newContext({ colorScheme: 'dark', viewport: { width: 390, height: 780 } });
  const page = await context.newPage();
  await page.goto(`${origin}/_simulator/try/`);
  await entry(page, 'Open the picker').click();
  await signIn(page);
  await entry(page, /^Pictures/).click();
  await entry(page, /^beach.jpg/).click();
  await look(page, 'try-picker');
  await entry(page, 'Upload').click();
  await page.getByRole('status').filter({ hasText: '"filename": "beach.jpg"' }).waitFor();
  await page.getByRole('cell', { name: 'fp.upload', exact: true }).waitFor();
  await page.getByRole('cell', { name: 'delivered' }).first().waitFor();
  await look(page, 'try');
  await entry(page, 'Make it 200 pixels wide').click();
  await page.getByRole('cell', { name: 'fp.converse', exact: true }).waitFor();
  const [dialog] = await Promise.all([page.waitForEvent('popup'), entry(page, 'Save it into a drive').click()]);
  await entry(dialog, /^Pictures/).click();
  await dialog.getByLabel('File name').fill('newFiletest.jpg');
  await entry(dialog, 'Save').click();
  await page.getByRole('cell', { name: 'fp.export', exact: true }).waitFor();
  await page.goto(`${origin}/_simulator/`);
  await page.getByRole('heading', { name: 'Webhooks' }).waitFor();
  await look(page, 'console');
});

test('the login says what is wrong, and whose it is', async () => {
  const page = await context.newPage();
  const query = new URLSearchParams({ client_id: 'amzn1.application-oa2-client.simulator', scope: 'clouddrive:read_all clouddrive:write',
    response_type: 'code', redirect_uri: base + '/back', state: '<b>s</b>' });
  await page.goto(`${origin}/ap/oa?${query}`);
  const attempt = async (email, password) => {
    // The browser's own check lets no such name through.
    await page.locator('form').first().evaluate((form) => { form.noValidate = true; });
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await attempt('"><img src=x>@example.com', 'password');
  await page.getByText('We cannot find an account').waitFor();
  assert.strictEqual(await page.locator('img').count(), 0);
  await look(page, 'login-unknown');
  await attempt('alice@example.com', 'wrong');
  await page.getByText('Your password is incorrect').waitFor();
  await look(page, 'login-wrong');
  await attempt('alice@example.com', 'password');
  await page.getByText('Signed in as alice@example.com').waitFor();
  await page.getByRole('button', { name: 'Not you?' }).click();
  await attempt('bob@example.com', 'password');
  await page.getByText('Signed in as bob@example.com').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(/error=access_denied/);
  await page.goto(`${origin}/ap/oa?${new URLSearchParams({ ...Object.fromEntries(query), client_id: '<img src=x onerror=alert(1)>' })}`);
  await page.getByRole('heading', { name: /sorry/ }).waitFor();
  await look(page, 'login-error');
});

test('a script picks without a click', async () => {
  await api('PUT', 'script', { account: 'alice@example.com', picks: ['/Pictures/beach.jpg', '/Documents/notes.txt'] });
  const page = await opened(4, { fromSources: ['clouddrive'], maxFiles: 2 });
  const { filesUploaded } = await result(page);
  assert.deepStrictEqual(filesUploaded.map((f) => f.originalPath), ['/Pictures/beach.jpg', '/Documents/notes.txt']);
  await api('DELETE', 'script');
  await api('PUT', 'script', { account: 'bob@example.com', consent: 'deny', picks: ['/Pictures/beach.jpg'] });
  const denied = await opened(4, { fromSources: ['clouddrive'] }, false);
  await denied.waitForFunction(() => window.told.includes('onCancel'));
  await api('PUT', 'script', { account: 'alice@example.com', picks: ['/Pictures/lost.jpg'] });
  const lost = await opened(4, { fromSources: ['clouddrive'] });
  await lost.getByRole('alert').filter({ hasText: '/Pictures/lost.jpg is not in the list of files' }).waitFor();
});

test('what shows a file is a picture of it', async () => {
  await api('PUT', 'script', { account: 'alice@example.com' });
  const page = await opened(4, { fromSources: ['clouddrive'] });
  await page.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).click();
  await entry(page, /^Pictures/).click();
  await entry(page, /^beach.jpg/).waitFor();
  const shown = await page.evaluate(async () => {
    const image = [...document.querySelector('#__filestack-picker').shadowRoot.querySelectorAll('.row')]
      .find((row) => row.textContent.startsWith('beach.jpg')).querySelector('img');
    await image.decode();
    return [image.src.includes('/thumbnail/clouddrive/'), image.naturalWidth];
  });
  assert.deepStrictEqual(shown, [true, 64]);
});

test('a consent that is taken back is asked for again', async () => {
  await api('PUT', 'script', { account: 'alice@example.com' });
  const page = await opened(4, { fromSources: ['clouddrive'] });
  await page.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).click();
  await entry(page, /^Pictures/).waitFor();
  await api('DELETE', 'accounts/alice@example.com/tokens');
  await entry(page, /^Pictures/).click();
  await page.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).waitFor();
  await page.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).click();
  await entry(page, /^beach.jpg/).waitFor();
});

test('a failed file is tried again by hand', async () => {
  await api('PUT', 'script', { account: 'alice@example.com', picks: ['/Pictures/beach.jpg'] });
  await api('POST', 'faults', { on: 'cloud.store', effect: { status: 503 } });
  const page = await opened(4, { fromSources: ['clouddrive'], allowManualRetry: true });
  await page.getByRole('alert').filter({ hasText: 'Service unavailable' }).waitFor();
  await look(page, 'failed');
  await entry(page, 'Try again').click();
  const { filesUploaded } = await result(page);
  assert.strictEqual(filesUploaded[0].filename, 'beach.jpg');
});

test('the picker stands in the page where the application wants it', async () => {
  const page = await context.newPage();
  await page.goto(base + '/');
  await page.addScriptTag({ url: '/sdk/4' });
  await page.evaluate((apikey) => {
    const place = document.createElement('div');
    place.id = 'place';
    place.style.height = '500px';
    document.body.append(place);
    window.filestack.init(apikey).picker({ displayMode: 'inline', container: '#place', fromSources: ['local_file_system'],
      onUploadDone: (done) => { window.result = done; } }).open();
  }, APIKEY);
  await page.getByLabel('Files of this device').setInputFiles({ name: 'hello.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  assert.strictEqual(await page.locator('#place #__filestack-picker').count(), 1);
  await look(page, 'inline');
  await entry(page, 'Upload').click();
  assert.strictEqual((await result(page)).filesUploaded[0].filename, 'hello.txt');
});

test('files are dropped on a pane', async () => {
  const drop = async (page) => {
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
      return transfer;
    });
    await page.dispatchEvent('#pane', 'drop', { dataTransfer: data });
    return page.waitForFunction(() => window.dropped).then((handle) => handle.jsonValue());
  };
  const page = async (generation, make) => {
    const made = await context.newPage();
    await made.goto(base + '/');
    await made.addScriptTag({ url: `/sdk/${generation}` });
    await made.evaluate(() => {
      const pane = document.createElement('div');
      pane.id = 'pane';
      document.body.append(pane);
    });
    await made.evaluate(make, APIKEY);
    return made;
  };
  const newest = await page(4, (apikey) => window.filestack.init(apikey).picker({ displayMode: 'dropPane', container: 'pane',
    fromSources: ['local_file_system'], dropPane: { onSuccess: (files) => { window.dropped = files; } } }).open());
  assert.strictEqual((await drop(newest))[0].filename, 'dropped.txt');
  const oldest = await page(0, (apikey) => {
    window.filestack.init(apikey).makeDropPane({ id: 'pane', onSuccess: (files) => { window.dropped = files; } });
  });
  // The SDK loads the picker first, and says nothing of when it is there.
  await oldest.locator('#pane[data-filestack-pane]').waitFor({ state: 'attached' });
  const [file] = await drop(oldest);
  assert.strictEqual(await (await fetch(`${origin}/${file.handle}`)).text(), 'dropped');
});

test('files that are there already are taken by crop()', async () => {
  const page = await context.newPage();
  await page.goto(base + '/');
  await page.addScriptTag({ url: '/sdk/4' });
  await page.evaluate((apikey) => window.filestack.init(apikey).picker({ onUploadDone: (done) => { window.result = done; } })
    .crop([new File(['picture'], 'own.png', { type: 'image/png' })]), APIKEY);
  assert.strictEqual((await result(page)).filesUploaded[0].filename, 'own.png');
});

// --- the old SDK

/** The integrator's page with filepicker.js; what is asked of it is called with two callbacks behind. */
async function old(call, ...args) {
  return oldAt(undefined, call, ...args);
}

/** The same, with the SDK's host named by the page, or the vendor's where there is none. */
async function oldAt(hostname, call, ...args) {
  const page = await context.newPage();
  await page.goto(base + '/');
  await page.evaluate((host) => { window.filepicker = host === undefined ? undefined : { hostname: host }; }, hostname);
  await page.addScriptTag({ url: '/sdk/old' });
  await page.evaluate(([apikey, name, given]) => {
    const { filepicker } = window;
    filepicker.setKey(apikey);
    filepicker[name](...given, (done) => { window.result = done; }, (error) => { window.rejected = error; });
  }, [APIKEY, call, args]);
  await page.locator('#filepicker_dialog').waitFor();
  return { page, frame: page.frameLocator('#filepicker_dialog') };
}

async function signInFrom({ page, frame }, consented = false) {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    frame.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).click(),
  ]);
  await popup.getByLabel('Email').fill('alice@example.com');
  await popup.getByLabel('Password').fill('password');
  await popup.getByRole('button', { name: 'Sign in' }).click();
  if (!consented) {
    await popup.getByRole('button', { name: 'Allow' }).click();
  }
}

test('filepicker.pick links to a file of the Cloud Drive', async () => {
  const opened = await old('pick', { services: ['CLOUDDRIVE'], mimetype: 'image/*' });
  await signInFrom(opened);
  await entry(opened.frame, /^Pictures/).click();
  await entry(opened.frame, /^beach.jpg/).click();
  await opened.page.screenshot({ path: path.join(SHOTS, 'old-pick.png') });
  await entry(opened.frame, 'Upload').click();
  const blob = await result(opened.page);
  assert.match(blob.url, /^https:\/\/www\.filepicker\.io\/api\/file\/[A-Za-z0-9]{20}$/);
  assert.strictEqual(blob.filename, 'beach.jpg');
  assert.strictEqual(blob.mimetype, 'image/jpeg');
  assert.strictEqual(blob.client, 'Amazon Cloud Drive');
  assert.strictEqual(blob.isWriteable, true);
  assert.strictEqual((await hook('fp.upload')).text.filename, 'beach.jpg');
  const dialog = await hook('fp.dialog');
  assert.deepStrictEqual(dialog.text.mimetypes, ['image/*']);
  assert.strictEqual(dialog.text.dialogType, 'open');
  assert.strictEqual(dialog.text.iframe, true);
});

test('filepicker.js is led to the simulator by its hostname, without a proxy', async () => {
  const direct = await chromium.launch({ executablePath: process.env.CHROMIUM, args: quiet });
  try {
    await context.close();
    context = await direct.newContext();
    context.setDefaultTimeout(30_000);
    const opened = await oldAt(origin, 'pick', { services: ['CLOUDDRIVE'] });
    await signInFrom(opened);
    await entry(opened.frame, /^Pictures/).click();
    await entry(opened.frame, /^beach.jpg/).click();
    await entry(opened.frame, 'Upload').click();
    const blob = await result(opened.page);
    assert.ok(blob.url.startsWith(origin + '/api/file/'));
    assert.strictEqual((await fetch(blob.url)).status, 200);
  } finally {
    await direct.close();
  }
});

test('filepicker.pickAndStore answers an array of what is stored', async () => {
  const opened = await old('pickAndStore', { services: ['CLOUDDRIVE'], multiple: true }, { location: 'S3', path: 'in/' });
  await signInFrom(opened);
  await entry(opened.frame, /^Pictures/).click();
  await entry(opened.frame, /^beach.jpg/).click();
  await entry(opened.frame, /^logo.png/).click();
  await entry(opened.frame, 'Upload').click();
  const blobs = await result(opened.page);
  assert.deepStrictEqual(blobs.map((blob) => blob.filename).sort(), ['beach.jpg', 'logo.png']);
});

test('filepicker.exportFile saves a file in the drive', async () => {
  const { filesUploaded: [file] } = await api('POST', 'picks',
    { apikey: APIKEY, account: 'alice@example.com', source: 'clouddrive', paths: ['/Pictures/beach.jpg'], mode: 'store' });
  const source = `https://www.filepicker.io/api/file/${file.handle}`;
  const opened = await old('exportFile', source, { mimetype: '*/*', suggestedFilename: 'newFile', services: ['CLOUDDRIVE'] });
  await signInFrom(opened, true);
  await entry(opened.frame, /^Pictures/).click();
  const name = opened.frame.getByLabel('File name');
  assert.strictEqual(await name.inputValue(), 'newFile');
  await name.fill('logo.png');
  await entry(opened.frame, 'Save').click();
  await opened.frame.getByText('logo.png is there already').waitFor();
  await name.fill('newFiletest.jpg');
  await opened.page.screenshot({ path: path.join(SHOTS, 'old-save.png') });
  await entry(opened.frame, 'Save').click();
  const blob = await result(opened.page);
  assert.strictEqual(blob.filename, 'newFiletest.jpg');
  assert.strictEqual(blob.client, 'Amazon Cloud Drive');
  const event = await hook('fp.export');
  assert.strictEqual(event.text.filename, 'newFiletest.jpg');
  assert.strictEqual(event.text.source, source);
  const files = await api('GET', 'accounts/alice@example.com/files');
  assert.ok(files.some((one) => one.path === '/Pictures/newFiletest.jpg' && one.size === file.size));
});

test('an export that the drive refuses is error 132', async () => {
  await api('PUT', 'options', { 'export.onConflict': 'fail' });
  const { filesUploaded: [file] } = await api('POST', 'picks',
    { apikey: APIKEY, account: 'alice@example.com', source: 'clouddrive', paths: ['/Pictures/beach.jpg'], mode: 'store' });
  const source = `https://www.filepicker.io/api/file/${file.handle}`;
  const refused = await old('exportFile', source, { mimetype: '*/*', suggestedFilename: 'logo.png', services: ['CLOUDDRIVE'] });
  await signInFrom(refused, true);
  await entry(refused.frame, /^Pictures/).click();
  await entry(refused.frame, 'Save').click();
  await entry(refused.frame, 'Save').click();
  await refused.page.waitForFunction(() => window.rejected);
  assert.strictEqual(await refused.page.evaluate(() => window.rejected.code), 132);
  assert.strictEqual(await hook('fp.export'), undefined);
});

/** A file of the application's, by the URL that the old SDK knows it by. */
async function pickedUrl() {
  const { filesUploaded: [file] } = await api('POST', 'picks',
    { apikey: APIKEY, account: 'alice@example.com', source: 'clouddrive', paths: ['/Pictures/beach.jpg'], mode: 'store' });
  return `https://www.filepicker.io/api/file/${file.handle}`;
}

/** Axe in a dialog's own frame. */
async function lookInside({ page }, name) {
  await page.screenshot({ path: path.join(SHOTS, name + '.png') });
  const frame = await (await page.locator('#filepicker_dialog').elementHandle()).contentFrame();
  const { violations } = await frame.evaluate(`${axe};window.axe.run(document, { resultTypes: ['violations'] })`);
  assert.deepStrictEqual(violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id), [], name);
}

test('a script saves without a click', async () => {
  const source = await pickedUrl();
  await api('PUT', 'script', { account: 'bob@example.com', saveAs: '/saved.jpg' });
  const { page } = await old('exportFile', source, { mimetype: '*/*', suggestedFilename: 'newFile', services: ['CLOUDDRIVE'] });
  assert.strictEqual((await result(page)).filename, 'saved.jpg');
  const files = await api('GET', 'accounts/bob@example.com/files');
  assert.deepStrictEqual(files.map((one) => one.path), ['/saved.jpg']);
  await api('PUT', 'accounts/bob@example.com', { quotaBytes: 1 });
  const full = await old('exportFile', source, { mimetype: '*/*', suggestedFilename: 'newFile', services: ['CLOUDDRIVE'] });
  await full.page.waitForFunction(() => window.rejected);
  assert.strictEqual(await full.page.evaluate(() => window.rejected.code), 132);
});

test('filepicker.pickFolder answers a folder', async () => {
  await api('PUT', 'script', { account: 'alice@example.com' });
  const opened = await old('pickFolder', { services: ['CLOUDDRIVE'] });
  await opened.frame.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).click();
  await entry(opened.frame, /^Pictures/).click();
  await opened.frame.getByText('This folder is empty').waitFor();
  await lookInside(opened, 'old-folder');
  await entry(opened.frame, 'Choose this folder').click();
  const folder = await result(opened.page);
  assert.strictEqual(folder.filename, 'Pictures');
  assert.match(folder.url, /\/api\/path\/Clouddrive\/Pictures\/$/);
});

test('filepicker.processImage crops and turns a picture', async () => {
  // At its first call the SDK asks for cookies, and forgets by that that it is to edit: it picks.
  const opened = await old('pick', {});
  await opened.page.locator('.fp__close a').click();
  await opened.page.evaluate((source) => window.filepicker.processImage(source, { conversions: ['crop', 'rotate', 'filter'] },
    (done) => { window.result = done; }, (error) => { window.rejected = error; }), await pickedUrl());
  await opened.frame.getByLabel('Width').fill('100');
  await opened.frame.getByLabel('Height').fill('50');
  await opened.frame.getByRole('button', { name: 'To the right' }).click();
  await lookInside(opened, 'old-process');
  await entry(opened.frame, 'Save').click();
  const blob = await result(opened.page);
  assert.deepStrictEqual(blob.cropped.cropArea, { position: [0, 0], size: [100, 50] });
  const handle = blob.url.split('/').pop();
  const facts = await (await fetch(`${origin}/api/file/${handle}/metadata?width=true&height=true`)).json();
  assert.deepStrictEqual([facts.width, facts.height], [50, 100]);
});

test('filepicker.convert makes another picture', async () => {
  const page = await context.newPage();
  await page.goto(base + '/');
  await page.addScriptTag({ url: '/sdk/old' });
  await page.evaluate(([apikey, source]) => {
    window.filepicker.setKey(apikey);
    window.filepicker.convert({ url: source, filename: 'beach.jpg', mimetype: 'image/jpeg' }, { width: 20, format: 'png' },
      (done) => { window.result = done; }, (error) => { window.result = String(error); });
  }, [APIKEY, await pickedUrl()]);
  const blob = await result(page);
  assert.strictEqual(blob.mimetype, 'image/png');
  const event = await hook('fp.converse');
  assert.ok(event);
});

test('whoever closes a dialog is told of by 101 and 131', async () => {
  const picking = await old('pick', { services: ['CLOUDDRIVE'] });
  await picking.frame.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).waitFor();
  await lookInside(picking, 'old-login');
  await picking.page.locator('.fp__close a').click();
  await picking.page.waitForFunction(() => window.rejected);
  assert.strictEqual(await picking.page.evaluate(() => window.rejected.code), 101);

  const saving = await context.newPage();
  await saving.goto(base + '/');
  await saving.addScriptTag({ url: '/sdk/old' });
  const [popup] = await Promise.all([
    saving.waitForEvent('popup'),
    saving.evaluate(([apikey, source]) => {
      window.filepicker.setKey(apikey);
      window.filepicker.exportFile(source, { mimetype: '*/*', container: 'window', services: ['CLOUDDRIVE'] },
        (done) => { window.result = done; }, (error) => { window.rejected = error; });
    }, [APIKEY, await pickedUrl()]),
  ]);
  await popup.getByRole('link', { name: 'Sign in to Amazon Cloud Drive' }).waitFor();
  await look(popup, 'old-window');
  await popup.getByRole('button', { name: 'Close the picker' }).click();
  await saving.waitForFunction(() => window.rejected);
  assert.strictEqual(await saving.evaluate(() => window.rejected.code), 131);
});
