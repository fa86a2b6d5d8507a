// Does what each line of standard input asks of Emmett's PostgreSQL event store, and answers with
// one line of JSON: how many events, in how many seconds, and what single calls took.
import { createInterface } from "node:readline";
import { randomUUID } from "node:crypto";
import { getPostgreSQLEventStore } from "@event-driven-io/emmett-postgresql";
import pg from "pg";

const event = (bytes) => ({ type: "Noted", data: { body: "x".repeat(bytes) } });
const seconds = () => performance.now() / 1000;

async function opened({ url, connections = 1 }, work) {
  const pool = new pg.Pool({ connectionString: url, max: connections, min: connections });
  // Its database is dropped as soon as it is done, maybe before its connections have all gone.
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("error", () => {});
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  try {
    await store.schema.migrate();
    return await work(store);
  } finally {
    await store.close();
    if (!pool.ending) await pool.end();
  }
}

// As many clients as asked for append `events` to a new stream each time, one call after another.
async function appending(store, { clients = 1, events, lasting, warming }) {
  const took = [];
  const begun = seconds() + warming;
  const until = begun + lasting;
  const client = async () => {
    for (let at = seconds(); at < until; ) {
      await store.appendToStream(`note-${randomUUID()}`, events);
      const now = seconds();
      if (at >= begun && now <= until) took.push(now - at);
      at = now;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { count: took.length * events.length, seconds: lasting, took };
}

const work = {
  append: (asked) =>
    opened(asked, (store) => {
      const events = Array.from({ length: asked.batch }, () => event(asked.bytes));
      return appending(store, { ...asked, events });
    }),

  // Fills one stream and reads it again and again.
  read: (asked) =>
    opened(asked, async (store) => {
      for (let left = asked.events; left > 0; left -= 100) {
        const events = Array.from({ length: Math.min(left, 100) }, () => event(asked.bytes));
        await store.appendToStream(`long-${asked.events}`, events);
      }
      const took = [];
      for (let round = 0; round < asked.rounds; round++) {
        const at = seconds();
        const found = await store.readStream(`long-${asked.events}`);
        took.push(seconds() - at);
        if (found.events.length !== asked.events) throw new Error("events are missing");
      }
      return { count: took.length, seconds: took.reduce((sum, each) => sum + each, 0), took };
    }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  try {
    const done = await work[asked.work](asked);
    console.log(JSON.stringify({ ...done, megabytes: process.memoryUsage().rss / 2 ** 20 }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
