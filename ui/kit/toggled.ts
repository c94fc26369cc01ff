/** The values with one of them put in or taken out. */
export function toggled<Value>(values: Value[], value: Value, there: boolean): Value[] {
  const others = values.filter((one) => one !== value);
  return there ? [...others, value] : others;
}
