import { DeclarationPlace } from "../base/declaration-place";
import { UsageError } from "../base/errors";

/** A declaration that cannot be right. Its message begins with the line of the user's file that holds it. */
export class DeclarationError extends UsageError {
  constructor(
    what: string,
    nextStep: string,
    place: DeclarationPlace = new DeclarationPlace(DeclarationError),
    options?: ErrorOptions,
  ) {
    super(`${place}  ${what}`, nextStep, options);
  }
}
