# spikes() of the package spikes on its own 66,111 rows (Canada 2011), with the mixtures that it ships: fitting them takes
# minutes, and how many depends on the seed.
# Usage: Rscript peer_spikes.R TABLE RESAMPLES; writes the rows to TABLE; prints processor and clock seconds of the call.
arguments <- commandArgs(TRUE)
suppressMessages(library(spikes))
data(data)
data(output)
write.csv(data.frame(station = seq_len(nrow(data)), data[, c("N", "t", "v")]), arguments[1], row.names = FALSE, quote = FALSE)
set.seed(1)
took <- system.time(answer <- spikes(data, resamples = as.integer(arguments[2]), out = output$out))
cat("rows", nrow(data), "F", answer$fraud, "\n")
cat(sprintf("took %.2f %.2f\n", sum(took[c(1, 2, 4, 5)]), took[3]))
