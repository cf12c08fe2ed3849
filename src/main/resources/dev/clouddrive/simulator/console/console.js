'use strict';

const api = '/_simulator/api/';
const byId = (id) => document.getElementById(id);
let frozen = false;

async function call(method, path, body) {
  const response = await fetch(api + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = text === '' ? null : JSON.parse(text);
  if (!response.ok) {
    throw new Error(json === null ? response.statusText : json.detail);
  }
  return json;
}

/** A row of cells; every value is set as text, so that no name of a file becomes markup. */
function row(values) {
  const tr = document.createElement('tr');
  for (const value of values) {
    const td = document.createElement('td');
    if (value instanceof Node) {
      td.append(value);
    } else {
      td.textContent = value;
    }
    tr.append(td);
  }
  return tr;
}

function code(text) {
  const element = document.createElement('code');
  element.textContent = text;
  return element;
}

function attempts(delivery) {
  const list = document.createElement('ol');
  for (const attempt of delivery.attempts) {
    const item = document.createElement('li');
    item.textContent = `${attempt.at} ${attempt.status ?? attempt.error}`;
    list.append(item);
  }
  return list;
}

function drive(account, files) {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = `${account.email}: ${account.usedBytes} of ${account.quotaBytes} bytes`;
  const list = document.createElement('ul');
  for (const file of files.slice(0, 200)) {
    const item = document.createElement('li');
    item.textContent = file.kind === 'FILE' ? `${file.path} (${file.size} bytes)` : `${file.path}/`;
    list.append(item);
  }
  details.append(summary, list);
  return details;
}

async function refreshClock() {
  const clock = await call('GET', 'clock');
  frozen = clock.mode === 'frozen';
  byId('now').textContent = clock.now;
  byId('mode').textContent = frozen ? 'frozen' : `running ×${clock.speed}`;
  byId('toggle').textContent = frozen ? 'Let it run' : 'Freeze';
  byId('pending').replaceChildren(
    ...clock.pending.slice(0, 50).map((entry) => row([entry.at, entry.what, entry.ref])));
}

async function refreshDeliveries() {
  const { deliveries } = await call('GET', 'deliveries');
  byId('deliveries').replaceChildren(
    ...deliveries.slice(-100).reverse().map((delivery) => row([
      delivery.action, delivery.url, delivery.status, attempts(delivery),
      code(JSON.stringify(delivery.body))])));
}

async function refreshAccounts() {
  const accounts = await call('GET', 'accounts');
  const drives = [];
  for (const account of accounts) {
    const files = await call('GET', `accounts/${encodeURIComponent(account.email)}/files`);
    drives.push(drive(account, files));
  }
  byId('accounts').replaceChildren(...drives);
}

async function guarded(action) {
  try {
    await action();
    byId('problem').hidden = true;
  } catch (error) {
    byId('problem').textContent = error.message;
    byId('problem').hidden = false;
  }
}

const refresh = () => guarded(async () => {
  await refreshClock();
  await refreshDeliveries();
});

function onClick(element, action) {
  element.addEventListener('click', () => guarded(action).then(refresh));
}

for (const button of document.querySelectorAll('[data-advance]')) {
  onClick(button, () => call('POST', 'clock/advance', { by: button.dataset.advance }));
}
onClick(byId('next'), () => call('POST', 'clock/advance', { next: true }));
onClick(byId('toggle'), () => call('PUT', 'clock', { mode: frozen ? 'running' : 'frozen' }));
onClick(byId('reset'), async () => {
  await call('POST', 'reset');
  await refreshAccounts();
});

refresh();
guarded(refreshAccounts);
setInterval(refresh, 2000);
