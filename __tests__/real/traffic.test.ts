import { replaysWhatTheServerAnswers } from "./traffic";

replaysWhatTheServerAnswers("openbao@2.7.2");
