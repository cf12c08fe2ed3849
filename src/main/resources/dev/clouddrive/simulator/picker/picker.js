// Takes the place of the vendor's picker script for every generation of filestack-js
// (filestack.md 2.1). All it needs of the service it asks of the client that the SDK hands over.
(function () {
  'use strict';

  const NAMES = {
    local_file_system: 'My device', url: 'Link (URL)', clouddrive: 'Amazon Cloud Drive',
    dropbox: 'Dropbox', facebook: 'Facebook', github: 'GitHub', gmail: 'Gmail',
    imagesearch: 'Web search', webcam: 'Take photo', googledrive: 'Google Drive',
    instagram: 'Instagram', flickr: 'Flickr', video: 'Record video', audio: 'Record audio',
    evernote: 'Evernote', picasa: 'Google Photos', googlephotos: 'Google Photos', box: 'Box',
    onedrive: 'OneDrive', onedriveforbusiness: 'OneDrive for Business', customsource: 'Custom source',
    unsplash: 'Unsplash',
  };
  const CLOUDS = ['clouddrive'];
  const CONNECTED = [...CLOUDS, 'local_file_system', 'url'];
  const LOGIN_POLL = 500;
  const HERE = document.currentScript && document.currentScript.src;

  const STYLE = `
    :host{all:initial}
    :host(.inline){display:block;height:100%}
    *{box-sizing:border-box;font:15px/1.4 system-ui,sans-serif}
    .picker{--paper:#fff;--ink:#1c2530;--quiet:#55606e;--line:#d5dae1;--soft:#f3f5f8;--accent:#1a5fb4;--on:#fff;--bad:#b3261e;
      color-scheme:light dark;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:12px;
      width:min(52rem,96vw);height:min(36rem,92vh);max-width:none;max-height:none;padding:0;overflow:hidden}
    @media(prefers-color-scheme:dark){.picker{--paper:#171b21;--ink:#e8ecf1;--quiet:#a9b3bf;--line:#39424e;--soft:#222831;
      --accent:#8ab8ff;--on:#10151c;--bad:#ffb4ab}}
    .picker::backdrop{background:#0008}
    .inline{width:100%;height:100%;min-height:24rem}
    .frame{display:grid;height:100%;grid:auto 1fr auto / 13rem 1fr}
    header{grid-column:1/-1;display:flex;gap:.75rem;align-items:center;padding:.6rem .9rem;border-bottom:1px solid var(--line)}
    header h2{margin:0;font-weight:600;flex:1;font-size:1.05rem}
    nav{border-right:1px solid var(--line);overflow:auto;padding:.5rem}
    ul{list-style:none;margin:0;padding:0}
    button,input,a.button{font:inherit;color:inherit;border:1px solid var(--line);border-radius:8px;background:var(--paper);padding:.4rem .8rem;cursor:pointer}
    a.button{display:inline-block;text-decoration:none}
    button:disabled{color:var(--quiet);cursor:not-allowed}
    :focus-visible{outline:3px solid var(--accent);outline-offset:1px}
    .main,a.main{background:var(--accent);color:var(--on);border-color:var(--accent)}
    .main:disabled{background:var(--soft);color:var(--quiet);border-color:var(--line)}
    nav button{width:100%;text-align:left;border-color:transparent;margin-bottom:2px}
    nav button[aria-current]{background:var(--soft);border-color:var(--line);font-weight:600}
    nav small{display:block;color:var(--quiet);font-size:.8rem}
    main{overflow:auto;padding:.75rem}
    footer{grid-column:1/-1;display:flex;gap:.75rem;align-items:center;justify-content:flex-end;padding:.6rem .9rem;border-top:1px solid var(--line)}
    footer p{margin:0;flex:1;color:var(--quiet)}
    .bar{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-bottom:.6rem}
    .bar ol{display:flex;flex-wrap:wrap;gap:.25rem;list-style:none;margin:0;padding:0;flex:1}
    .bar ol button{padding:.15rem .4rem}
    .row{display:flex;gap:.6rem;align-items:center;width:100%;text-align:left;border-color:transparent;margin-bottom:2px}
    .row:hover:not(:disabled){background:var(--soft)}
    .row[aria-pressed=true]{background:var(--soft);border-color:var(--accent)}
    .row img{width:32px;height:32px;object-fit:cover;border-radius:4px}
    .row span{flex:1;min-width:0;overflow-wrap:anywhere}
    .row small{color:var(--quiet)}
    .problem{color:var(--bad)}
    .center{display:grid;gap:.75rem;justify-items:center;align-content:center;min-height:60%;text-align:center}
    .drop{border:2px dashed var(--line);border-radius:12px;padding:2rem;width:100%}
    progress{width:100%}
    .quiet{color:var(--quiet)}
    @media(max-width:40rem){.frame{grid:auto auto 1fr auto / 1fr}nav{border-right:0;border-bottom:1px solid var(--line)}
      nav ul{display:flex;gap:.25rem;overflow:auto}nav button{white-space:nowrap}}`;

  /** An element; children that are no elements become text, never HTML. */
  function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, '');
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  function hex(length) {
    return [...crypto.getRandomValues(new Uint8Array(length / 2))]
      .map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  function listOf(value) {
    return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  }

  function accepts(patterns, name, mimetype) {
    if (patterns.length === 0) return true;
    const type = (mimetype || '').toLowerCase();
    return patterns.map((p) => String(p).trim().toLowerCase()).some((pattern) => {
      if (pattern === '*' || pattern === '*/*') return true;
      if (pattern.endsWith('/*')) return type.startsWith(pattern.slice(0, -1));
      if (pattern.includes('/')) return type === pattern;
      return name.toLowerCase().endsWith(pattern.startsWith('.') ? pattern : '.' + pattern);
    });
  }

  function human(bytes) {
    if (bytes < 1024) return bytes + ' B';
    const units = ['kB', 'MB', 'GB', 'TB'];
    let size = bytes;
    let unit = -1;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit += 1;
    }
    return size.toFixed(size < 10 ? 1 : 0) + ' ' + units[unit];
  }

  /** What to tell of a call that failed, whichever HTTP client the SDK has. */
  function words(error) {
    const response = (error && error.response) || {};
    const status = (error && error.status) || response.status || response.statusCode;
    const body = response.body || response.data || {};
    const told = typeof body.error === 'string' ? body.error : null;
    if (status === 429) return 'The service is busy: too many requests. Try again in a moment.';
    if (status === 401 && told) return told + '. The application has to sign a policy that allows this.';
    return told || (error && error.message) || 'The service could not be reached.';
  }

  class Dialog {
    constructor(client, options) {
      this.client = client;
      this.options = options || {};
      this.cloud = typeof client.cloud === 'function' ? client.cloud() : client.cloud;
      this.sessionId = hex(32);
      this.ended = false;
      this.result = new Promise((resolve, reject) => {
        this.resolve = resolve;
        this.reject = reject;
      });
      // Nobody has to wait for it: from 1.x on the callbacks tell it.
      this.result.catch(() => {});
      this.selected = [];
      this.filter = '';
      this.view = {kind: 'start'};
      // The save dialog is this one with a name to give, the folder dialog with folders alone.
      this.saveAs = this.options.saveAs;
      this.chooseFolder = this.options.chooseFolder;
      this.name = this.saveAs ? this.saveAs.filename : '';
    }

    get handle() {
      return {open: () => this.open(), close: () => this.close(), cancel: () => this.cancel(), crop: (f) => this.crop(f)};
    }

    setOptions(options) {
      this.options = options;
      this.maxFiles = options.maxFiles || 1;
      this.minFiles = options.minFiles || 1;
      this.accept = listOf(options.accept);
      const named = listOf(options.fromSources).map((s) => (typeof s === 'string' ? s : s.name)).filter(Boolean);
      this.sources = named.length > 0 ? named : ['local_file_system', 'url', 'clouddrive'];
    }

    async open() {
      if (this.root) return;
      this.ended = false;
      this.setOptions(this.options);
      const mount = this.mount();
      this.root = el('div', {id: this.options.rootId || '__filestack-picker', class: mount ? 'inline' : null});
      const shadow = this.root.attachShadow({mode: 'open'});
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
      this.box = el('dialog', {class: 'picker' + (mount ? ' inline' : ''), 'aria-label': 'File picker'});
      this.box.addEventListener('cancel', (event) => {
        event.preventDefault();
        this.cancel();
      });
      shadow.append(this.box);
      (mount || document.body).append(this.root);
      if (mount) this.box.setAttribute('open', '');
      else this.box.showModal();
      try {
        await this.prefetch();
      } catch (error) {
        this.view = {kind: 'problem', text: words(error), again: () => this.start()};
      }
      if (this.options.onOpen) this.options.onOpen(this.handle);
      if (this.view.kind === 'problem') this.render();
      else await this.start();
    }

    mount() {
      const {container, displayMode} = this.options;
      if (displayMode !== 'inline' || !container) return null;
      return typeof container === 'string'
        ? document.getElementById(container) || document.querySelector(container) : container;
    }

    async prefetch() {
      if (typeof this.client.prefetch === 'function') {
        const told = await this.client.prefetch({pickerOptions: this.options, events: ['picker']});
        if (told && told.blocked && told.blocked !== 'false') throw new Error('This application is blocked.');
        if (told && told.pickerOptions) this.setOptions(told.pickerOptions);
      } else if (typeof this.cloud.prefetch === 'function') {
        const told = await this.cloud.prefetch();
        if (told && told.blocked) throw new Error('This application is blocked.');
      }
    }

    async start() {
      const given = listOf(this.options.cropFiles);
      if (given.length > 0) return this.take(given);
      const script = await this.script();
      if (script) return this.act(script);
      return this.choose(this.sources.find((s) => CONNECTED.includes(s)) || this.sources[0]);
    }

    // --- what a test has written for this dialog to do (PUT script)

    async script() {
      const answer = HERE ? await fetch(new URL('script.json', HERE)).catch(() => null) : null;
      const script = answer && answer.ok ? await answer.json() : {};
      return script.cancel || (this.saveAs ? script.saveAs : script.picks) ? script : null;
    }

    async act(script) {
      if (script.cancel) return this.cancel();
      try {
        if (this.saveAs) return await this.saveUnder(script.saveAs);
        for (const pick of script.picks) {
          if (!await (pick.startsWith('/') ? this.pickPath(pick) : this.pickUrl(pick))) return this.cancel();
          if (this.alert) throw new Error(this.alert);
        }
        if (this.selected.length < this.minFiles) throw new Error('the application asks for at least ' + this.minFiles + ' files');
        if (this.view.kind !== 'uploading' && !this.ended) await this.upload();
      } catch (error) {
        // A test that waits for a result has to find in the page why there is none.
        console.error('The script can\u2019t go on: ' + words(error));
        this.alert = 'The script can\u2019t go on: ' + words(error);
        this.render();
      }
    }

    async pickPath(path) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      if (!await this.reach(folder)) return false;
      const found = () => this.view.entries.find((entry) => entry.path === path && !entry.folder);
      while (!found() && this.view.next) await this.list(folder, true);
      if (!found()) throw new Error(path + ' is not in the list of files');
      if (!this.isSelected(this.source + ':' + path)) await this.select(this.ofEntry(found()));
      return true;
    }

    async pickUrl(url) {
      if (!this.sources.includes('url')) throw new Error('the application does not offer links');
      const facts = await this.cloud.metadata(url);
      await this.select(this.ofUrl(url, facts.filename, facts.mimetype, facts.size));
      return true;
    }

    async saveUnder(path) {
      const slash = path.lastIndexOf('/') + 1;
      if (!await this.reach(path.slice(0, slash) || '/')) return this.cancel();
      this.name = path.slice(slash);
      this.confirmed = this.view.path + this.name;
      return this.save();
    }

    /** Shows a folder of the cloud, and signs in if need be; false if the user gives no access. */
    async reach(folder) {
      const source = this.sources.find((s) => CLOUDS.includes(s));
      if (!source) throw new Error('the application does not offer ' + CLOUDS.map((s) => NAMES[s]).join(', '));
      this.source = source;
      await this.list(folder);
      if (this.view.kind === 'login') {
        await fetch(this.view.url, {mode: 'no-cors', credentials: 'omit'});
        await this.list(folder);
      }
      if (this.view.kind === 'problem') throw new Error(this.view.text);
      return this.view.kind === 'folder';
    }

    /** Opens with files that are already chosen. */
    async crop(files) {
      this.options = {...this.options, cropFiles: files};
      if (this.root) await this.take(listOf(files));
      else await this.open();
    }

    async take(given) {
      for (const one of given) {
        await this.select(typeof one === 'string' ? this.ofUrl(one, one.split('/').pop() || 'file', '', 0) : this.ofFile(one));
      }
      if (this.selected.length > 0) await this.upload();
      else this.render();
    }

    // --- what is shown

    async choose(source) {
      this.source = source;
      this.filter = '';
      if (CLOUDS.includes(source)) return this.list('/');
      this.view = {kind: CONNECTED.includes(source) ? source : 'absent'};
      return this.render();
    }

    async list(path, more) {
      this.stopLogin();
      const before = more ? this.view : null;
      this.view = more ? {...before, loading: true} : {kind: 'loading'};
      this.render();
      const source = this.source;
      try {
        const answer = (await this.ask(source, path, before ? before.next : ''))[source] || {};
        if (this.source !== source || this.ended) return;
        if (answer.auth) {
          this.view = {kind: 'login', url: answer.auth.redirect_url, path};
        } else if (answer.error) {
          throw new Error(answer.error);
        } else {
          this.view = {kind: 'folder', path, next: answer.next || '',
            entries: [...(before ? before.entries : []), ...(answer.contents || [])]};
        }
      } catch (error) {
        if (this.source !== source || this.ended) return;
        this.view = {kind: 'problem', text: words(error), again: () => this.list(path)};
      }
      this.render();
    }

    ask(source, path, next) {
      const wish = next ? {path, next} : {path};
      return this.cloud.list({[source]: wish}, {}, this.accept.length > 0 ? this.accept : undefined);
    }

    login(event) {
      const opened = window.open(this.view.url, 'filestack-login', 'popup,width=520,height=680');
      if (opened) event.preventDefault();
      const {path} = this.view;
      const source = this.source;
      this.view = {...this.view, waiting: true};
      this.render();
      const look = async () => {
        const answer = await this.ask(source, path, '').catch(() => ({}));
        if (this.source !== source || this.ended || this.view.kind !== 'login') return;
        const there = answer[source];
        if (there && !there.auth) {
          if (opened) opened.close();
          this.list(path);
        } else if (opened && opened.closed) {
          this.view = {kind: 'login', url: (there && there.auth && there.auth.redirect_url) || this.view.url, path,
            text: 'You are not signed in. Access was refused, or the window was closed.'};
          this.render();
        } else {
          this.timer = setTimeout(look, LOGIN_POLL);
        }
      };
      this.timer = setTimeout(look, LOGIN_POLL);
    }

    stopLogin() {
      clearTimeout(this.timer);
    }

    // --- what is selected

    ofEntry(entry) {
      return {cloud: this.source, path: entry.path, id: this.source + ':' + entry.path,
        meta: {filename: entry.name, mimetype: entry.mimetype, originalPath: entry.path, size: entry.bytes,
          source: this.source, uploadId: hex(32)}};
    }

    ofFile(file) {
      const name = file.name || 'untitled';
      const original = this.options.exposeOriginalFile ? file : {name, type: file.type, size: file.size};
      return {file, id: 'local:' + name + ':' + file.size + ':' + file.lastModified,
        meta: {filename: name, mimetype: file.type || 'application/octet-stream', originalPath: file.webkitRelativePath || name,
          size: file.size, source: 'local_file_system', uploadId: hex(32), originalFile: original}};
    }

    ofUrl(url, filename, mimetype, size) {
      return {url, id: 'url:' + url, meta: {filename, mimetype, originalPath: url, size, source: 'url', uploadId: hex(32)}};
    }

    isSelected(id) {
      return this.selected.some((item) => item.id === id);
    }

    refusal(meta) {
      if (!accepts(this.accept, meta.filename, meta.mimetype)) return 'This kind of file is not accepted here.';
      if (this.options.maxSize && meta.size > this.options.maxSize) return 'Larger than ' + human(this.options.maxSize) + '.';
      return null;
    }

    async select(item) {
      this.alert = '';
      if (this.isSelected(item.id)) {
        this.selected = this.selected.filter((other) => other.id !== item.id);
        return this.render();
      }
      const refusal = this.refusal(item.meta);
      if (refusal) {
        this.alert = item.meta.filename + ': ' + refusal;
        return this.render();
      }
      if (this.selected.length >= this.maxFiles) {
        if (this.maxFiles > 1) {
          this.alert = 'No more than ' + this.maxFiles + ' files can be taken.';
          return this.render();
        }
        this.selected = [];
      }
      if (this.options.onFileSelected) {
        try {
          const changed = await this.options.onFileSelected(item.meta);
          const name = changed && (changed.name || changed.filename);
          // As in the vendor's picker, another name holds for local files alone.
          if (name && item.file) item.meta.filename = name;
        } catch (error) {
          this.alert = (error && error.message) || String(error);
          return this.render();
        }
      }
      this.selected = [...this.selected, item];
      this.render();
      if (this.options.startUploadingWhenMaxFilesReached && this.selected.length === this.maxFiles) await this.upload();
    }

    // --- what is stored

    storeTo(item) {
      const {location, path, container, region, access, workflows} = this.options.storeTo || {};
      const store = {};
      for (const [name, value] of Object.entries({location, path, container, region, access, workflows})) {
        if (value !== undefined) store[name] = value;
      }
      if (this.options.disableStorageKey && typeof path === 'string' && path.endsWith('/')) {
        store.path = path + item.meta.filename;
      }
      return store;
    }

    async upload() {
      const items = this.selected;
      this.view = {kind: 'uploading', items};
      items.forEach((item) => Object.assign(item, {state: 'waiting', share: 0, error: null}));
      this.call('onUploadStarted', items.map((item) => item.meta));
      await this.send(items);
    }

    async send(items) {
      this.render();
      const queue = [...items];
      const worker = async () => {
        for (let item = queue.shift(); item && !this.ended; item = queue.shift()) await this.store(item);
      };
      await Promise.all(Array.from({length: Math.max(1, this.options.concurrency || 4)}, worker));
      if (this.ended) return;
      if (this.options.allowManualRetry && this.selected.some((item) => item.state === 'failed')) {
        this.view = {...this.view, stuck: true};
        this.render();
        return;
      }
      this.finish();
    }

    async store(item) {
      item.state = 'storing';
      item.token = {};
      this.call('onFileUploadStarted', item.meta);
      this.render();
      try {
        const answer = await this.stored(item);
        if (this.ended) return;
        if (answer.auth) throw new Error('The sign-in has ended. Sign in again.');
        if (answer.error) throw new Error(answer.error);
        const more = {handle: answer.handle, url: answer.url, filename: answer.filename || item.meta.filename,
          mimetype: answer.mimetype || answer.type || item.meta.mimetype,
          size: answer.size === undefined ? item.meta.size : answer.size,
          key: answer.key, container: answer.container, status: answer.status, workflows: answer.workflows,
          uploadTags: answer.uploadTags || answer.upload_tags};
        for (const [name, value] of Object.entries(more)) {
          if (value !== undefined && value !== null) item.meta[name] = value;
        }
        item.state = 'stored';
        item.share = 100;
        this.call('onFileUploadFinished', item.meta);
      } catch (error) {
        if (this.ended) return;
        item.state = 'failed';
        item.error = words(error);
        this.call('onFileUploadFailed', item.meta, error);
      }
      this.render();
    }

    stored(item) {
      const store = this.storeTo(item);
      if (item.file) {
        const onProgress = (event) => {
          item.share = event.totalPercent;
          this.call('onFileUploadProgress', item.meta, event);
          this.render();
        };
        const uploadConfig = {...(this.options.uploadConfig || {}), onProgress};
        return this.client.upload(item.file, uploadConfig, {...store, filename: item.meta.filename}, item.token);
      }
      if (item.url) return this.client.storeURL(item.url, store, item.token);
      if (this.options.preferLinkOverStore && this.cloud.link) return this.cloud.link(item.cloud, item.path, {}, item.token);
      const custom = {customSourcePath: this.options.customSourcePath, customSourceContainer: this.options.customSourceContainer};
      const tags = (this.options.uploadConfig && this.options.uploadConfig.tags) || null;
      return this.cloud.store(item.cloud, item.path, store, custom, item.token, tags, this.sessionId);
    }

    call(name, ...args) {
      if (typeof this.options[name] !== 'function') return;
      try {
        this.options[name](...args);
      } catch (error) {
        // The application's own mistake must be seen there, and must not end the pick.
        setTimeout(() => {
          throw error;
        });
      }
    }

    outcome() {
      const of = (state) => this.selected.filter((item) => item.state === state).map((item) => item.meta);
      return {filesUploaded: of('stored'), filesFailed: of('failed')};
    }

    finish() {
      const result = this.outcome();
      this.leave();
      this.call('onUploadDone', result);
      this.resolve(result);
    }

    async cancel() {
      if (this.ended || !this.root) return;
      this.selected.forEach((item) => item.token && item.token.cancel && item.state === 'storing' && item.token.cancel());
      const result = this.outcome();
      const chosen = this.selected.map((item) => item.meta);
      this.leave();
      this.call('onCancel', result);
      if (this.options.rejectOnCancel) this.reject(chosen);
      else this.resolve(result);
    }

    async close() {
      if (!this.root) return;
      this.leave();
      this.resolve(this.outcome());
    }

    leave() {
      this.ended = true;
      this.stopLogin();
      this.root.remove();
      this.root = null;
      this.call('onClose');
    }

    // --- how it is shown

    render() {
      if (!this.root) return;
      const active = this.root.shadowRoot.activeElement;
      const focused = active && active.dataset.key;
      const scroll = this.box.querySelector('main');
      const top = scroll ? scroll.scrollTop : 0;
      this.box.replaceChildren(el('div', {class: 'frame'},
        el('header', {}, el('h2', {}, this.title()),
          this.options.hideClose ? null : el('button', {type: 'button', 'aria-label': 'Close the picker', 'data-key': 'close', onclick: () => this.cancel()}, '✕')),
        el('nav', {'aria-label': 'Sources'}, el('ul', {}, ...this.sources.map((source) => this.sourceItem(source)))),
        el('main', {tabindex: '-1'}, this.alert ? el('p', {class: 'problem', role: 'alert'}, this.alert) : null, this.page()),
        el('footer', {}, el('p', {role: 'status'}, this.status()), ...this.actions())));
      this.box.querySelector('main').scrollTop = top;
      const again = focused && [...this.box.querySelectorAll('[data-key]')].find((e) => e.dataset.key === focused);
      if (again) {
        again.focus();
        if (again.setSelectionRange && again.type === 'search') again.setSelectionRange(again.value.length, again.value.length);
      }
    }

    title() {
      if (this.chooseFolder) return 'Choose a folder';
      return this.saveAs ? 'Save a file' : 'Select files';
    }

    sourceItem(source) {
      const absent = !CONNECTED.includes(source);
      return el('li', {}, el('button', {type: 'button', 'data-key': 'source:' + source,
        'aria-current': this.source === source ? 'true' : null, disabled: this.view.kind === 'uploading',
        onclick: () => this.choose(source)},
      NAMES[source] || source, absent ? el('small', {}, 'not connected') : null));
    }

    page() {
      switch (this.view.kind) {
        case 'folder': return this.folder();
        case 'login': return this.loginPage();
        case 'local_file_system': return this.localPage();
        case 'url': return this.urlPage();
        case 'uploading': return this.uploadingPage();
        case 'absent': return el('div', {class: 'center'}, el('p', {}, (NAMES[this.source] || this.source) + ' is not connected in this simulation.'));
        case 'problem': return el('div', {class: 'center'}, el('p', {class: 'problem', role: 'alert'}, this.view.text),
          el('button', {type: 'button', 'data-key': 'again', onclick: () => this.view.again()}, 'Try again'));
        default: return el('div', {class: 'center'}, el('p', {role: 'status'}, 'Loading …'));
      }
    }

    loginPage() {
      const name = NAMES[this.source];
      return el('div', {class: 'center'},
        el('p', {}, 'Sign in to ' + name + ' to choose files from there.'),
        this.view.text ? el('p', {class: 'problem', role: 'alert'}, this.view.text) : null,
        el('a', {class: 'button main', href: this.view.url, target: 'filestack-login', 'data-key': 'login',
          onclick: (event) => this.login(event)}, 'Sign in to ' + name),
        this.view.waiting ? el('p', {class: 'quiet', role: 'status'}, 'Waiting for the sign-in window …') : null);
    }

    folder() {
      const {path, entries, next, loading} = this.view;
      const parts = path.split('/').filter(Boolean);
      const crumbs = [el('li', {}, this.crumb(NAMES[this.source], '/'))];
      parts.forEach((part, i) => crumbs.push(el('li', {}, this.crumb(part, '/' + parts.slice(0, i + 1).join('/') + '/'))));
      const wanted = this.filter.toLowerCase();
      const shown = entries.filter((entry) => entry.name.toLowerCase().includes(wanted) && (entry.folder || !this.chooseFolder));
      return el('div', {},
        el('div', {class: 'bar'}, el('ol', {'aria-label': 'Folder'}, ...crumbs),
          el('input', {type: 'search', placeholder: 'Search this folder', 'aria-label': 'Search this folder', 'data-key': 'search',
            value: this.filter, oninput: (event) => {
              this.filter = event.target.value;
              this.render();
            }}),
          el('button', {type: 'button', 'data-key': 'logout', onclick: () => this.signOut()}, 'Sign out')),
        shown.length === 0 ? el('p', {class: 'quiet'}, wanted ? 'Nothing here has that name.' : 'This folder is empty.') : null,
        el('ul', {'aria-label': 'Files and folders'}, ...shown.map((entry) => el('li', {}, this.row(entry)))),
        next ? el('button', {type: 'button', 'data-key': 'more', disabled: Boolean(loading),
          onclick: () => this.list(path, true)}, loading ? 'Loading …' : 'Show more') : null);
    }

    crumb(name, path) {
      return el('button', {type: 'button', 'data-key': 'crumb:' + path, onclick: () => this.go(path)}, name);
    }

    go(path) {
      this.filter = '';
      return this.list(path);
    }

    row(entry) {
      const image = /^https?:/.test(entry.thumbnail || '') ? el('img', {src: entry.thumbnail, alt: '', loading: 'lazy', width: 32, height: 32}) : null;
      if (entry.folder) {
        return el('button', {type: 'button', class: 'row', 'data-key': entry.path, onclick: () => this.go(entry.path)},
          image, el('span', {}, entry.name), el('small', {}, 'Folder'));
      }
      if (this.saveAs) {
        return el('button', {type: 'button', class: 'row', 'data-key': entry.path, onclick: () => {
          this.name = entry.name;
          this.render();
        }}, image, el('span', {}, entry.name), el('small', {}, entry.size));
      }
      const item = this.ofEntry(entry);
      const refusal = this.refusal(item.meta);
      return el('button', {type: 'button', class: 'row', 'data-key': entry.path, disabled: Boolean(refusal), title: refusal,
        'aria-pressed': String(this.isSelected(item.id)), onclick: () => this.select(item)},
      image, el('span', {}, entry.name), el('small', {}, refusal || entry.size));
    }

    async signOut() {
      try {
        await this.cloud.logout(this.source);
      } catch (error) {
        this.alert = words(error);
      }
      await this.list('/');
    }

    localPage() {
      const input = el('input', {type: 'file', multiple: this.maxFiles > 1, 'aria-label': 'Files of this device', 'data-key': 'file',
        onchange: (event) => this.add(event.target.files)});
      return el('div', {class: 'center'},
        el('div', {class: 'drop', ondragover: (event) => event.preventDefault(), ondrop: (event) => {
          event.preventDefault();
          this.add(event.dataTransfer.files);
        }}, el('p', {}, 'Drop files here, or choose them:'), input),
        this.chosen());
    }

    async add(files) {
      for (const file of [...files]) {
        const item = this.ofFile(file);
        if (!this.isSelected(item.id)) await this.select(item);
      }
    }

    chosen() {
      return el('ul', {'aria-label': 'Selected files'}, ...this.selected.map((item) => el('li', {},
        el('button', {type: 'button', class: 'row', title: 'Remove', onclick: () => this.select(item)},
          el('span', {}, item.meta.filename), el('small', {}, human(item.meta.size) + ' ✕')))));
    }

    urlPage() {
      const field = el('input', {type: 'url', required: true, placeholder: 'https://…', 'aria-label': 'Link to a file', 'data-key': 'url'});
      const take = async (event) => {
        event.preventDefault();
        const url = field.value;
        try {
          const facts = await this.cloud.metadata(url);
          await this.select(this.ofUrl(url, facts.filename, facts.mimetype, facts.size));
        } catch (error) {
          this.alert = words(error);
          this.render();
        }
      };
      return el('div', {class: 'center'},
        el('form', {class: 'bar', onsubmit: take}, field, el('button', {type: 'submit'}, 'Add')), this.chosen());
    }

    uploadingPage() {
      return el('ul', {'aria-label': 'Uploads'}, ...this.view.items.map((item) => el('li', {},
        el('p', {}, item.meta.filename + ' '),
        item.state === 'failed' ? el('p', {class: 'problem', role: 'alert'}, item.error)
          : el('progress', {max: 100, value: item.state === 'storing' && !item.file ? null : item.share,
            'aria-label': item.meta.filename}))));
    }

    saveForm() {
      const field = el('input', {required: true, maxlength: 255, 'aria-label': 'File name', 'data-key': 'name', value: this.name,
        oninput: (event) => {
          this.name = event.target.value;
        }});
      return el('form', {class: 'bar', onsubmit: (event) => {
        event.preventDefault();
        this.save();
      }}, field, el('button', {type: 'submit', class: 'main', 'data-key': 'save', disabled: this.view.kind !== 'folder'}, 'Save'));
    }

    async save() {
      const {path, entries} = this.view;
      const name = this.name.trim();
      if (name === '' || name.includes('/')) {
        this.alert = 'A file name without slashes is needed.';
        return this.render();
      }
      if (this.confirmed !== path + name && entries.some((entry) => entry.name === name)) {
        this.confirmed = path + name;
        this.alert = name + ' is there already. Save once more to go on all the same.';
        return this.render();
      }
      this.alert = '';
      this.view = {kind: 'loading'};
      this.render();
      try {
        const answer = await this.saveAs.save(this.source, path, name);
        if (answer.auth) return this.list(path);
        this.leave();
        return this.resolve(answer);
      } catch (error) {
        this.view = {kind: 'problem', text: words(error), again: () => this.list(path)};
        return this.render();
      }
    }

    status() {
      if (this.view.kind === 'uploading') {
        const done = this.view.items.filter((item) => item.state === 'stored').length;
        return done + ' of ' + this.view.items.length + ' stored';
      }
      if (this.saveAs || this.chooseFolder) return '';
      const missing = this.minFiles - this.selected.length;
      const count = this.selected.length + ' selected';
      return missing > 0 && this.minFiles > 1 ? count + ', ' + missing + ' more needed' : count;
    }

    actions() {
      if (this.view.kind === 'uploading') {
        if (!this.view.stuck) return [el('button', {type: 'button', 'data-key': 'cancel', onclick: () => this.cancel()}, 'Cancel')];
        return [
          el('button', {type: 'button', 'data-key': 'done', onclick: () => this.finish()}, 'Done'),
          el('button', {type: 'button', class: 'main', 'data-key': 'retry', onclick: () => {
            this.view = {...this.view, stuck: false};
            this.send(this.selected.filter((item) => item.state === 'failed'));
          }}, 'Try again')];
      }
      if (this.saveAs) return [this.saveForm()];
      if (this.chooseFolder) {
        return [el('button', {type: 'button', class: 'main', 'data-key': 'choose', disabled: this.view.kind !== 'folder', onclick: () => {
          const {path} = this.view;
          this.leave();
          this.chooseFolder(this.source, path);
        }}, 'Choose this folder')];
      }
      return [el('button', {type: 'button', class: 'main', 'data-key': 'upload', disabled: this.selected.length < this.minFiles,
        onclick: () => this.upload()}, 'Upload')];
    }
  }

  /** An element that takes dropped files: `makeDropPane` of 0.x, `displayMode: 'dropPane'` later. */
  function dropPane(client, options, pane, element) {
    const told = (name, ...args) => typeof pane[name] === 'function' && pane[name](...args);
    const over = (event) => {
      event.preventDefault();
      told('onDragOver', event);
    };
    const dropped = async (event) => {
      event.preventDefault();
      told('onDrop', event);
      const dialog = new Dialog(client, {...options});
      dialog.setOptions(dialog.options);
      for (const file of [...event.dataTransfer.files].slice(0, dialog.maxFiles)) await dialog.select(dialog.ofFile(file));
      if (dialog.selected.length === 0) {
        told('onError', new Error(dialog.alert || 'No file was dropped.'));
        return;
      }
      dialog.options.onFileUploadProgress = (file, progress) => told('onProgress', progress.totalPercent);
      dialog.leave = () => {
        dialog.ended = true;
      };
      dialog.result.then((result) => (result.filesFailed.length > 0
        ? told('onError', new Error('A file could not be stored.')) : told('onSuccess', result.filesUploaded)));
      dialog.upload();
    };
    element.dataset.filestackPane = 'ready';
    element.addEventListener('dragover', over);
    element.addEventListener('drop', dropped);
    if (!pane.disableClick) element.addEventListener('click', () => new Dialog(client, {...options, fromSources: ['local_file_system']}).open());
  }

  function elementOf(options) {
    const named = (options.dropPane && options.dropPane.id) || options.container;
    return typeof named === 'string' ? document.getElementById(named) || document.querySelector(named) : named;
  }

  function Picker(client, options) {
    const wishes = options || {};
    const dialog = new Dialog(client, wishes);
    const pane = wishes.displayMode === 'dropPane' || (!new.target && wishes.dropPane) ? elementOf(wishes) : null;
    if (!new.target) {
      // 0.x calls a function and waits for the result.
      if (pane) return Promise.resolve(dropPane(client, wishes, wishes.dropPane, pane));
      return dialog.open().then(() => dialog.result);
    }
    Object.assign(this, dialog.handle);
    if (pane) this.open = async () => dropPane(client, wishes, wishes.dropPane || {}, pane);
  }

  /** Hands the picker to whichever loader waits for it. */
  function register() {
    const internals = (window.filestackInternals = window.filestackInternals || {});
    const loaded = internals.modules && internals.modules['fs-loader-picker'];
    if (loaded) {
      loaded.instance = Picker;
      loaded.metadata = {version: 'sim'};
    }
    const modules = internals.loader && internals.loader.modules;
    if (!modules) return;
    const script = document.getElementById('__filestack-picker-module') || [...document.scripts].pop();
    const waiting = script && modules[script.getAttribute('src')];
    if (waiting && waiting.resolvePromise) {
      const {resolvePromise} = waiting;
      waiting.instance = Picker;
      delete waiting.promise;
      delete waiting.resolvePromise;
      resolvePromise(Picker);
    }
  }

  register();
})();
