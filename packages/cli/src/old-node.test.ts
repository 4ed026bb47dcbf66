import { oldNode } from "./old-node.ts";

test.each(["18.20.8", "20.19.4", "22.2.0", "22.18.0"])(
  "Node.js %s is too old, and the message says so",
  (found) => {
    expect(oldNode(found)).toBe(`Node.js 22.19 or newer is needed, and this is ${found}.`);
  },
);

test.each(["22.19.0", "22.20.1", "24.0.0", "100.1.0"])("Node.js %s is new enough", (found) => {
  expect(oldNode(found)).toBeUndefined();
});
