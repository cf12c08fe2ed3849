// The dialogs of the old SDK, filepicker.js: what they are asked stands in the query, what came of
// it goes to the page that opened them as a message (filestack.md 2.4).
import { call, clientOf } from './client.js';
import { edit } from './editor.js';

const SERVICES = { 1: 'local_file_system', 2: 'dropbox', 3: 'facebook', 4: 'github', 5: 'gmail', 6: 'imagesearch', 7: 'url',
  8: 'webcam', 9: 'googledrive', 11: 'instagram', 12: 'flickr', 13: 'video', 14: 'evernote', 15: 'picasa', 19: 'box',
  20: 'onedrive', 21: 'googledrive', 22: 'customsource', 23: 'clouddrive', 26: 'audio' };
const CLIENTS = { local_file_system: 'computer', url: 'URL', clouddrive: 'Amazon Cloud Drive' };
const ROOTS = { clouddrive: 'Clouddrive' };
const TOKEN = 'fs_session';

const { dialog, cloud } = document.body.dataset;
const page = window.opener || window.parent;

function tell(message) {
  page.postMessage(JSON.stringify(message), '*');
}

if (dialog === 'comm') {
  tell({ id: 'cookies', type: 'ThirdPartyCookies', payload: true });
} else {
  const query = new URLSearchParams(location.search);
  const id = query.get('id');
  const api = location.origin.replace('//dialog.', '//www.');
  const security = query.get('policy') ? { policy: query.get('policy'), signature: query.get('signature') } : {};
  const apikey = query.get('key') || '';
  // A browser that keeps nothing for other sites, as an incognito window, refuses even to be asked.
  const kept = (use) => {
    try {
      return use(localStorage);
    } catch {
      return undefined;
    }
  };
  const held = {
    get: () => kept((storage) => storage.getItem(TOKEN)) || undefined,
    set: (token) => kept((storage) => storage.setItem(TOKEN, token)),
  };
  const client = clientOf(apikey, { cloud, api }, security, held);
  const named = (query.get('s') || '').split(',').filter(Boolean).map((s) => SERVICES[s] || s.toLowerCase());
  const list = (name) => (query.get(name) || '').split(',').filter((part) => part !== '' && part !== 'undefined');
  const inFrame = window.opener === null;
  const common = {
    displayMode: 'inline',
    container: document.body,
    hideClose: inFrame,
    onCancel: () => (inFrame ? tell({ id, type: 'closeModal' }) : window.close()),
  };
  const urlOf = (handle) => `${api}/api/file/${handle}`;

  const blob = (file) => ({
    url: urlOf(file.handle),
    data: { filename: file.filename, type: file.mimetype, size: file.size, client: CLIENTS[file.source] || file.source,
      ...(file.key ? { key: file.key } : {}), ...(file.container ? { container: file.container } : {}) },
  });

  const pick = {
    ...common,
    fromSources: named.length > 0 ? named : ['local_file_system', 'url', 'clouddrive'],
    maxFiles: query.get('multi') === 'true' ? Number(query.get('maxFiles')) || 100 : 1,
    maxSize: Number(query.get('maxSize')) || undefined,
    accept: [...list('m'), ...list('ext')],
    // Where nothing is to be stored, the link is to the file where it is.
    preferLinkOverStore: !query.get('storeLocation'),
    storeTo: query.get('storeLocation') ? {
      location: query.get('storeLocation').toLowerCase(), path: query.get('storePath') || undefined,
      container: query.get('storeContainer') || undefined, region: query.get('storeRegion') || undefined,
      access: query.get('storeAccess') || undefined,
    } : undefined,
    onUploadStarted: () => tell({ id: id + '-upload', type: 'uploading', payload: true }),
    onUploadDone: ({ filesUploaded, filesFailed }) => {
      tell({ id: id + '-upload', type: 'uploading', payload: false });
      if (filesUploaded.length === 0 && filesFailed.length > 0) {
        tell({ id, type: 'filepickerUrl', error: { code: 102 } });
      } else {
        const blobs = filesUploaded.map(blob);
        tell({ id, type: 'filepickerUrl', payload: query.get('multi') === 'true' ? blobs : blobs[0] });
      }
    },
  };

  const saved = async (source, folder, filename) => {
    const session = { apikey, token: client.token(), version: 'v2', ...security };
    const form = new URLSearchParams({ url: query.get('url') || '', js_session: JSON.stringify(session) });
    if (/^[\w.+-]+\/[\w.+-]+$/.test(query.get('m') || '')) {
      form.set('mimetype', query.get('m'));
    }
    const path = (folder + filename).split('/').map(encodeURIComponent).join('/');
    let answer;
    try {
      answer = await call('POST', `${api}/api/path/${ROOTS[source]}${path}`, form.toString(), 'application/x-www-form-urlencoded');
    } catch (error) {
      tell({ id, type: 'filepickerUrl', error: { code: 132, message: error.message } });
      throw error;
    }
    if (!answer.auth) {
      tell({ id, type: 'filepickerUrl', payload: { url: urlOf(answer.url.split('/').pop()),
        data: { filename: answer.filename, type: answer.type, size: answer.size, client: answer.client } } });
    }
    return answer;
  };

  const targets = named.filter((source) => !['local_file_system', 'url'].includes(source));
  const save = {
    ...common,
    fromSources: targets.length > 0 ? targets : ['clouddrive'],
    saveAs: { filename: query.get('defaultSaveasName') || '', save: saved },
  };

  const folder = {
    ...common,
    fromSources: targets.length > 0 ? targets : ['clouddrive'],
    chooseFolder: (source, path) => tell({ id, type: 'filepickerUrl', payload: {
      url: `${api}/api/path/${ROOTS[source]}${path.split('/').map(encodeURIComponent).join('/')}`,
      data: { filename: path.split('/').filter(Boolean).pop() || CLIENTS[source], type: 'folder', size: 0, client: CLIENTS[source] } } }),
  };

  if (dialog === 'process') {
    const answered = (message) => tell({ id, type: 'filepickerUrl', ...message });
    edit({ query, api, client, security, call, answered, cancel: common.onCancel });
  } else {
    show(client, { open: pick, save, folder }[dialog]);
  }
}

function show(client, options) {
  const slot = {};
  window.filestackInternals = { modules: { 'fs-loader-picker': slot } };
  const script = document.createElement('script');
  script.src = '/dialog/picker.js';
  script.addEventListener('load', () => new slot.instance(client, options).open());
  document.head.append(script);
}
