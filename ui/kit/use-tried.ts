import { type RefObject, useEffect, useRef, useState } from "react";
import { focusFirstProblem } from "./focus-first-problem.ts";

/**
 * Lets a form show what is wrong only once somebody has tried to send it. `place` goes on the element around the fields;
 * `tryNow(valid)` shows what is wrong, moves to the first wrong field, and gives `valid` back.
 */
export function useTried<Place extends HTMLElement>(): {
  tried: boolean;
  place: RefObject<Place | null>;
  tryNow: (valid: boolean) => boolean;
  forget: () => void;
} {
  const place = useRef<Place>(null);
  const [times, setTimes] = useState(0);
  // Only after the fields are drawn with what is wrong can the first of them be found.
  useEffect(() => {
    if (times > 0) focusFirstProblem(place.current);
  }, [times]);
  return {
    tried: times > 0,
    place,
    tryNow: (valid) => {
      if (!valid) setTimes((now) => now + 1);
      return valid;
    },
    forget: () => setTimes(0),
  };
}
