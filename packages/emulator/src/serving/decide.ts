import { json, Refusal, type Answer } from "../http/answer.ts";
import { authenticate } from "../access/authenticate.ts";
import { gatewayProblem } from "../http/problem.ts";
import type { ApiRequest, Caller, Conventions } from "../http/request.ts";
import { findRoute } from "./routes.ts";
import type { State } from "../data/state.ts";

/** An answer, and who got it. */
export interface Decision {
  answer: Answer;
  caller: Caller | undefined;
}

/** The answer to one request by the documents, and by conventions where they say nothing. */
export function decide(state: State, request: ApiRequest, conventions: Conventions): Decision {
  let caller: Caller | undefined;
  try {
    const found = findRoute(request.method, request.path);
    if (found === undefined)
      throw gatewayProblem(
        404,
        "APIGW.0101",
        "The API does not exist or has not been published in the environment",
        request.id,
      );
    const { route, params } = found;
    if (route.authenticated) caller = authenticate(state, request, conventions.skewMs);
    return { answer: route.answer({ state, request, params, caller, conventions }), caller };
  } catch (error) {
    if (error instanceof Refusal) return { answer: error.answer, caller };
    return {
      answer: json(500, { error_code: "EMULATOR.0500", error_msg: `emulator: ${String(error)}` }),
      caller,
    };
  }
}
