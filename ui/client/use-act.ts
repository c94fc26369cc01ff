import { useMutation, type UseMutationOptions, type UseMutationResult } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

/**
 * What an agent has done by a click: `mutate` carries it out, and does nothing while it runs. A second click comes before
 * the button is drawn grey where a page is busy, and would make a second batch.
 */
export function useAct<Data, Variables = void>(
  options: UseMutationOptions<Data, Error, Variables>,
): UseMutationResult<Data, Error, Variables> {
  const act = useMutation(options);
  const running = useRef(false);
  const { isPending, submittedAt } = act;
  // Only once its end is drawn: until then the old button can still be clicked.
  useEffect(() => {
    if (!isPending) running.current = false;
  }, [isPending, submittedAt]);
  const mutate: typeof act.mutate = (...given) => {
    if (running.current) return;
    running.current = true;
    act.mutate(...given);
  };
  return { ...act, mutate };
}
