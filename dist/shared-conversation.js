import { createInterface } from "node:readline/promises";

// cli/conversation.ts
/** A conversation on the terminal; nobody is asked where the input or the screen is none. */
function startConversation() {
	if (!process.stdin.isTTY || !process.stderr.isTTY) return {
		ask: null,
		close: () => void 0
	};
	const lines = createInterface({
		input: process.stdin,
		output: process.stderr
	});
	return {
		ask: (question) => lines.question(question),
		close: () => lines.close()
	};
}

export { startConversation };