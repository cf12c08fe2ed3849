import { call, clientOf } from '/picker/sim/client.js';

const byId = (id) => document.getElementById(id);
const receiver = location.origin + '/_simulator/try/webhook';

const picker = new Promise((resolve, reject) => {
  const slot = {};
  window.filestackInternals = { modules: { 'fs-loader-picker': slot } };
  const script = document.createElement('script');
  script.src = '/picker/sim/picker.js';
  script.addEventListener('load', () => resolve(slot.instance));
  script.addEventListener('error', () => reject(new Error('the picker could not be loaded')));
  document.head.append(script);
});

function problem(error) {
  byId('problem').hidden = false;
  byId('problem').textContent = error.message;
}

const subscribed = new Set();

async function subscribe(apikey) {
  if (subscribed.has(apikey)) {
    return;
  }
  const path = `/_simulator/api/apps/${encodeURIComponent(apikey)}/webhooks`;
  const hooks = await call('GET', path);
  const known = Array.isArray(hooks) ? hooks : hooks.webhooks || [];
  if (!known.some((hook) => hook.url === receiver)) {
    await call('POST', path, { url: receiver, event: 'all' });
  }
  subscribed.add(apikey);
}

const clients = {};
let last;

function show(result) {
  byId('result').textContent = JSON.stringify(result, null, 2);
}

function took(handle) {
  last = `${location.origin}/api/file/${handle}`;
  ['save', 'edit', 'convert'].forEach((name) => { byId(name).disabled = false; });
}

/** As filepicker.js does: a window, and a message with its id that tells what came of it. */
function dialog(name, more) {
  const id = String(Date.now());
  const query = new URLSearchParams({ key: byId('app').value, id, version: 'v2', s: '23,1,7', container: 'window', ...more });
  const opened = window.open(`/dialog/${name}/?${query}`, 'dialog', 'popup,width=900,height=640');
  const heard = (event) => {
    const message = event.origin === location.origin && typeof event.data === 'string' ? JSON.parse(event.data) : {};
    if (message.id !== id || message.type !== 'filepickerUrl') {
      return;
    }
    window.removeEventListener('message', heard);
    opened.close();
    show(message.error ? { error: message.error } : message.payload);
    if (message.payload) {
      took(message.payload.url.split('/').pop());
    }
  };
  window.addEventListener('message', heard);
}

function guarded(action) {
  return async () => {
    byId('problem').hidden = true;
    try {
      await subscribe(byId('app').value);
      await action();
    } catch (error) {
      problem(error);
    }
  };
}

async function convert() {
  const answer = await call('POST', `${last}/convert?${new URLSearchParams({ key: byId('app').value })}`, 'width=200',
    'application/x-www-form-urlencoded');
  show(answer);
  took(answer.url.split('/').pop());
}

async function open(event) {
  event.preventDefault();
  byId('problem').hidden = true;
  try {
    const apikey = byId('app').value;
    await subscribe(apikey);
    const Picker = await picker;
    clients[apikey] = clients[apikey] || clientOf(apikey);
    const accept = byId('accept').value.split(',').map((part) => part.trim()).filter(Boolean);
    new Picker(clients[apikey], {
      fromSources: ['clouddrive', 'local_file_system', 'url', 'googledrive'],
      maxFiles: Number(byId('max').value) || 1,
      accept,
      preferLinkOverStore: byId('link').checked,
      onUploadDone: (result) => {
        show(result);
        if (result.filesUploaded.length > 0) {
          took(result.filesUploaded[0].handle);
        }
      },
      onCancel: () => {
        byId('result').textContent = 'cancelled';
      },
    }).open();
  } catch (error) {
    problem(error);
  }
}

function cell(text, tag) {
  const td = document.createElement('td');
  const inner = tag ? document.createElement(tag) : td;
  inner.textContent = text;
  if (tag) {
    td.append(inner);
  }
  return td;
}

async function refresh() {
  const { deliveries } = await call('GET', '/_simulator/api/deliveries');
  byId('deliveries').replaceChildren(...deliveries.filter((d) => d.url === receiver).slice(-20).reverse().map((delivery) => {
    const tr = document.createElement('tr');
    tr.append(cell(delivery.action), cell(delivery.status), cell(JSON.stringify(delivery.body), 'code'));
    return tr;
  }));
}

async function start() {
  const apps = await call('GET', '/_simulator/api/apps');
  byId('app').replaceChildren(...(apps.apps || apps).map((app) => {
    const option = document.createElement('option');
    option.value = app.apikey;
    option.textContent = app.apikey;
    return option;
  }));
  const accounts = await call('GET', '/_simulator/api/accounts');
  byId('accounts').textContent = 'Accounts to sign in with: '
    + (accounts.accounts || accounts).map((account) => account.email).join(', ')
    + '. Those of the sample world have the password "password".';
  byId('form').addEventListener('submit', open);
  byId('save').addEventListener('click', guarded(() => dialog('save', { s: '23', url: last, defaultSaveasName: 'newFile' })));
  byId('edit').addEventListener('click', guarded(() => dialog('process', { curl: last, co: 'crop,rotate,filter' })));
  byId('convert').addEventListener('click', guarded(convert));
  byId('old').addEventListener('click', guarded(() => dialog('open', { m: '*/*' })));
  setInterval(() => refresh().catch(problem), 1000);
  await refresh();
}

start().catch(problem);
