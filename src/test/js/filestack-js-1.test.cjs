// filestack-js 1.14.6 from npm, unmodified: the generation that sends forms (filestack-files.md 4.3).
'use strict';
const { test } = require('node:test');
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const filestack = require('filestack-js-1');

const apikey = 'ASimKey0000000000000Az';
const md5 = (data) => crypto.createHash('md5').update(data).digest('hex');

test('upload of a small file and of one in parts, as forms', async () => {
  const client = filestack.init(apikey);
  const small = await client.upload(Buffer.from('hello'), {}, { filename: 'n.txt', path: 'in/' });
  assert.match(small.handle, /^[A-Za-z0-9]{20}$/);
  assert.equal(small.size, 5);
  const data = crypto.randomBytes(13 * 1024 * 1024);
  const large = await client.upload(data);
  const facts = await client.metadata(large.handle, { md5: true });
  assert.equal(facts.md5, md5(data));
});

test('storeURL by a processing URL, transform and remove', async () => {
  const security = filestack.getSecurity({ expiry: 4102444800, call: ['remove', 'store', 'pick'] },
    'SIMULATORSECRET00000000000');
  const client = filestack.init(apikey);
  const first = await client.upload(Buffer.from('hello'));
  const copy = await client.storeURL(`https://cdn.filestackcontent.com/${first.handle}`, { filename: 'copy.txt' });
  assert.equal(copy.filename, 'copy.txt');
  assert.notEqual(copy.handle, first.handle);
  assert.match(client.transform(first.handle, { resize: { width: 10 } }), /resize=width:10/);
  await client.remove(first.handle, security);
  await assert.rejects(client.remove(first.handle, security));
});
