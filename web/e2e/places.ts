// Where the servers of the browser tests listen and what they read.
export const address = "127.0.0.1:8643";
export const guarded = "127.0.0.1:8644"; // asks for the token
export const fetching = "127.0.0.1:8645"; // may fetch from this machine
export const token = "a-token-of-the-browser-tests";
export const tokenFile = "../.cache/e2e-token.txt";
export const db = "../.cache/e2e.db";
