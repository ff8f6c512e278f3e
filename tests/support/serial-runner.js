const { default: TestRunner } = require("jest-runner");

/**
 * Runs one test file after another: files that start containers or engines would otherwise wait for each other's
 * machine time and run into their timeouts. Jest takes the number of workers for a whole run only, not per project.
 */
module.exports = class SerialRunner extends TestRunner {
  isSerial = true;
};
