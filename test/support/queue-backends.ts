/** Where the queue of this test run lives: on Redis at this address, or, when undefined, on the test database. */
export const redisUrl: string | undefined = process.env["TEST_REDIS_URL"];
