import type { DatesProblem } from "../../reading/service-dates.ts";
import { type Fault, unknown } from "./finding.ts";
import { instantText, lengthOf } from "./wording.ts";

/** What is found where a reading's dates cannot be believed, and so nothing in it is known to be current. */
export function clockFault(problem: DatesProblem): Fault {
  switch (problem.kind) {
    case "cached":
      return unknown("an answer of the service itself", `one of a cache, ${lengthOf(problem.ageMs)} old`);
    case "unreadable-age":
      return unknown("an answer of the service itself", "one whose Age header cannot be read");
    case "apart": {
      const by = lengthOf(problem.byMs);
      const expected = "answers whose Date headers agree with the time that passed between them";
      return unknown(expected, `answers that disagree by ${by}`);
    }
    case "machine": {
      const { serviceMs, machineMs } = problem;
      const apart = `${lengthOf(Math.abs(serviceMs - machineMs))} apart: one of the two clocks is wrong`;
      return unknown(
        "a service and a machine that agree what time it is, to 3 hours",
        `${instantText(serviceMs)} at the service and ${instantText(machineMs)} here, ${apart}`,
      );
    }
  }
}
