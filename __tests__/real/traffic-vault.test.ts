import { replaysWhatTheServerAnswers } from "./traffic";

replaysWhatTheServerAnswers("vault@1.21.1");
