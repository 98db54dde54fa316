import { workerData } from "piscina";
import { portionAnswers, type WorkerTask } from "./portionAnswer.js";

/** What Piscina calls with each portion. */
export default portionAnswers(workerData as WorkerTask);
