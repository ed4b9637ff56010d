"""The network: what is asked of whom, how politely, and what came back. Every decision leaves a row."""
