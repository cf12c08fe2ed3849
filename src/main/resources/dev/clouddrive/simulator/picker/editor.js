// The dialog in which a picture is cropped and turned before it is taken (filestack.md 2.4). What
// comes of it is made by the old conversion, as `filepicker.convert` does it.

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => (name.startsWith('on')
    ? made.addEventListener(name.slice(2), value) : made.setAttribute(name, value)));
  made.append(...children);
  return made;
}

const HANDLE = /\/api\/file\/([A-Za-z0-9]{20})/;

/**
 * @param answered tells the page what came of it: `{payload}` or `{error}`
 * @param cancel called when nothing is to come of it
 */
export async function edit({ query, api, client, security, call, answered, cancel }) {
  const wanted = (query.get('co') || 'crop').split(',');
  const ratio = Number(query.get('cratio')) || 0;
  const state = { turned: 0, filter: '' };

  const source = query.get('curl') || '';
  const known = HANDLE.exec(source);
  let handle;
  let original;
  try {
    handle = known ? known[1] : (await client.storeURL(source, {})).handle;
    original = await call('GET', `${api}/api/file/${handle}/metadata?${new URLSearchParams({ width: true, height: true,
      filename: true, ...security })}`);
  } catch (error) {
    answered({ error: { code: 142, message: error.message } });
    return;
  }
  const { width, height } = original;
  const alert = element('p', { role: 'alert', class: 'problem' });

  const area = { x: 0, y: 0, width, height };
  const preview = element('img', { alt: 'What comes of it', class: 'preview' });
  const chosen = () => {
    const parameters = new URLSearchParams();
    const whole = area.x === 0 && area.y === 0 && area.width === width && area.height === height;
    if (!whole) parameters.set('crop', [area.x, area.y, area.width, area.height].join(','));
    if (state.turned) parameters.set('rotate', state.turned);
    if (state.filter) parameters.set('filter', state.filter);
    return parameters;
  };
  const show = () => {
    const parameters = chosen();
    const conversion = [...parameters.keys()].length > 0 ? '/convert' : '';
    Object.entries(security).forEach(([name, value]) => parameters.set(name, value));
    preview.src = `${api}/api/file/${handle}${conversion}?${parameters}`;
  };

  const field = (name, label, most) => {
    const input = element('input', { type: 'number', min: name === 'x' || name === 'y' ? 0 : 1, max: most, value: area[name], id: name });
    input.addEventListener('change', () => {
      area[name] = Math.max(Number(input.min), Math.min(most, Math.round(Number(input.value)) || 0));
      if (ratio && name === 'width') area.height = Math.min(height, Math.round(area.width / ratio));
      if (ratio && name === 'height') area.width = Math.min(width, Math.round(area.height * ratio));
      area.width = Math.min(area.width, width - area.x);
      area.height = Math.min(area.height, height - area.y);
      Object.entries(area).forEach(([key, value]) => { document.getElementById(key).value = value; });
      show();
    });
    return element('label', {}, label + ' ', input);
  };
  const turn = (by) => () => {
    state.turned = (state.turned + by + 360) % 360;
    show();
  };
  const filter = element('select', { onchange: () => {
    state.filter = filter.value;
    show();
  } }, ...[['', 'none'], ['blur', 'blur'], ['sharpen', 'sharpen']].map(([value, text]) => element('option', { value }, text)));

  const tools = [];
  if (wanted.includes('crop')) {
    tools.push(element('fieldset', {}, element('legend', {}, 'Crop, in pixels'),
      field('x', 'Left', width - 1), field('y', 'Top', height - 1), field('width', 'Width', width), field('height', 'Height', height)));
  }
  if (wanted.includes('rotate')) {
    tools.push(element('fieldset', {}, element('legend', {}, 'Turn'),
      element('button', { type: 'button', onclick: turn(270) }, 'To the left'),
      element('button', { type: 'button', onclick: turn(90) }, 'To the right')));
  }
  if (wanted.includes('filter')) {
    tools.push(element('fieldset', {}, element('legend', {}, 'Filter'), element('label', {}, 'Filter ', filter)));
  }

  const save = async (event) => {
    event.preventDefault();
    const parameters = chosen();
    const changed = [...parameters.keys()];
    try {
      const file = changed.length === 0
        ? { url: `${api}/api/file/${handle}`, filename: original.filename, type: original.mimetype, size: original.size }
        : await call('POST', `${api}/api/file/${handle}/convert?${new URLSearchParams({ key: query.get('key') || '', ...security })}`,
          parameters.toString(), 'application/x-www-form-urlencoded');
      answered({ payload: { url: `${api}/api/file/${file.url.split('/').pop()}`, data: { filename: file.filename, type: file.type, size: file.size,
        ...(file.key ? { key: file.key } : {}),
        ...(parameters.has('crop') ? { cropped: { originalImageSize: [width, height],
          cropArea: { position: [area.x, area.y], size: [area.width, area.height] } } } : {}),
        ...(state.turned ? { rotated: { value: state.turned, direction: 'CW' } } : {}),
        converted: changed.length > 0 } } });
    } catch (error) {
      alert.textContent = error.message;
    }
  };

  document.body.append(element('form', { class: 'editor', onsubmit: save },
    element('h1', {}, 'Edit a picture'), alert, preview, ...tools,
    element('p', {}, element('button', { type: 'button', onclick: cancel }, 'Cancel'), ' ',
      element('button', { type: 'submit', class: 'main' }, 'Save'))));
  show();
}
