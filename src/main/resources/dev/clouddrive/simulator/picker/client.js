// A client with the calls of filestack-js that the picker needs, for pages of ours that have no SDK.

export async function call(method, path, body, type) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': type || 'application/json' },
    body: body === undefined || type ? body : JSON.stringify(body),
  });
  const text = await response.text();
  let json = {};
  try {
    json = text === '' ? {} : JSON.parse(text);
  } catch {
    json = { error: text };
  }
  if (!response.ok) {
    const error = new Error(json.error || json.detail || response.statusText);
    error.status = response.status;
    error.response = { status: response.status, data: json };
    throw error;
  }
  return json;
}

/**
 * @param at where the `cloud` and the `api` host are; empty for this page's own
 * @param security `{policy, signature}`, or nothing
 * @param held where the session's token is kept between pages: `get()` and `set(token)`
 */
export function clientOf(apikey, at = { cloud: '', api: '' }, security = {}, held = undefined) {
  let token = held ? held.get() : undefined;
  const ask = async (path, more) => {
    const answer = await call('POST', at.cloud + path, { apikey, flow: 'web', token, ...security, ...more });
    token = answer.token || token;
    if (held) {
      held.set(token);
    }
    return answer;
  };
  const storeAt = (store, more) => {
    const query = new URLSearchParams({ key: apikey, ...security, ...more });
    for (const name of ['path', 'container', 'region', 'access']) {
      if (store[name]) {
        query.set(name, store[name]);
      }
    }
    return `${at.api}/api/store/${store.location || 'S3'}?${query}`;
  };
  const stored = (answer) => ({ ...answer, handle: answer.url.split('/').pop(), mimetype: answer.type });
  return {
    token: () => token,
    prefetch: () => call('GET', at.cloud + '/prefetch?' + new URLSearchParams({ apikey })),
    cloud: {
      list: (clouds, cancel, accept) => ask('/folder/list', { clouds, accept }),
      store: async (name, path, store) =>
        (await ask('/store/', { clouds: { [name]: { path, store: { location: 's3', ...store } } } }))[name],
      link: async (name, path) => (await ask('/link/', { clouds: { [name]: { path } } }))[name],
      logout: async (name) => (await ask('/auth/logout', { clouds: { [name]: {} } }))[name],
      metadata: (url) => call('POST', at.cloud + '/metadata', { apikey, url, ...security }),
    },
    upload: async (file, config, { filename, ...store }) =>
      stored(await call('POST', storeAt(store, { filename, mimetype: file.type || 'application/octet-stream' }), file,
        file.type || 'application/octet-stream')),
    storeURL: async (url, store) =>
      stored(await call('POST', storeAt(store, {}), new URLSearchParams({ url }).toString(), 'application/x-www-form-urlencoded')),
  };
}
