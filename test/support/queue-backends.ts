/** Where the queue of this test run lives: on Redis at this address, or, when undefined, on the test database. */
export const redisUrl: string | undefined = process.env["TEST_REDIS_URL"];

/** Whether this run is a second one, on another queue: what has no queue behind it is left out. */
export const queueOnly = process.env["TEST_QUEUE_ONLY"] !== undefined;
