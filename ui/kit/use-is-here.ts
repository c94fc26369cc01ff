import { useEffect, useRef } from "react";

/** Tells, later, whether the component is still on the screen: what takes long does not move an agent who went elsewhere. */
export function useIsHere(): () => boolean {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return () => here.current;
}
