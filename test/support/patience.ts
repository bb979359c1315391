// A loaded machine is slow, and no test says by its time that something is wrong.
jest.setTimeout(30_000);
