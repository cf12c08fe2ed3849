// Leads the vendors' host names to the simulator, as a line in /etc/hosts and a firewall rule would,
// and every other name nowhere. The SDK itself is not touched.
'use strict';
const net = require('net');

const port = Number(process.env.SIMULATOR_PORT);
const vendors = /(^|\.)(filestackapi\.com|filestackcontent\.com|s3\.amazonaws\.com)$/;
const loopback = new Set(['127.0.0.1', 'localhost', '::1']);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (options && typeof options === 'object' && options.port && !options.path) {
    const host = options.host || 'localhost';
    if (vendors.test(host)) {
      options.host = '127.0.0.1';
      options.port = port;
    } else if (!loopback.has(host)) {
      process.nextTick(() => this.destroy(new Error(`${host} is not simulated`)));
      return this;
    }
  }
  return connect.apply(this, args);
};
