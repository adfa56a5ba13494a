import { UsageError } from "../../base/errors";
import { placesOf } from "../../bootstrap/places";
import { useTemporaryHome } from "./home";

const home = useTemporaryHome();

test("everything of an instance lies in its own directory of the home", () => {
  const { instance, directory, ...files } = placesOf("dev");
  expect([instance, directory]).toEqual(["dev", `${home()}/dev`]);
  for (const file of Object.values(files)) expect(file.startsWith(`${home()}/dev/`)).toBe(true);
});

test.each(["", ".", "..", "../dev", "a/b", "Dev", "-x", "a b", "x".repeat(64)])(
  "%p names no instance",
  (name) => {
    expect(() => placesOf(name)).toThrow(UsageError);
  },
);
