// Jest takes `testTimeout` for a whole run only, not per project: containers and engines need more than unit tests.
jest.setTimeout(600_000);
