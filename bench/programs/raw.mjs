// Asks for all pages over plain sockets and only counts what comes: as little work as a client can have.
import { connect } from "node:net";

const task = JSON.parse(process.env.BENCH_TASK);
const { hostname, port, host } = new URL(task.url);
const HEAD_END = Buffer.from("\r\n\r\n");
const LENGTH = Buffer.from("content-length: ");

function ask(queue) {
  return new Promise((done, fail) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let missing = 0;
    const next = () => {
      const target = queue.pop();
      if (target === undefined) {
        socket.destroy();
        done();
      } else socket.write(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\nx-auth-token: ${task.token}\r\n\r\n`);
    };
    socket.on("data", (chunk) => {
      if (missing === 0) {
        // The head of an answer comes in one piece: it was sent in one.
        const at = chunk.indexOf(LENGTH) + LENGTH.length;
        const length = Number.parseInt(chunk.toString("latin1", at, at + 12), 10);
        missing = chunk.indexOf(HEAD_END) + HEAD_END.length + length;
      }
      missing -= chunk.length;
      if (missing === 0) next();
    });
    socket.on("error", fail);
    next();
  });
}

const rounds = [];
const began = performance.now();
for (let round = 0; round < task.rounds; round++) {
  const queue = [...task.targets];
  const started = performance.now();
  await Promise.all(Array.from({ length: task.connections }, () => ask(queue)));
  rounds.push(performance.now() - started);
}
console.log(JSON.stringify({ coldMs: rounds[0], warmMs: rounds.at(-1), wholeMs: performance.now() - began }));
