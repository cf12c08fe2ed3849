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

let clients = {};

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
        byId('result').textContent = JSON.stringify(result, null, 2);
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
  setInterval(() => refresh().catch(problem), 1000);
  await refresh();
}

start().catch(problem);
