namespace Marketing.Stores.InProcess;

/// <summary>A row of the index.</summary>
/// <param name="Slot">Its place in memory and its row number.</param>
/// <param name="Message">What is kept.</param>
/// <param name="Generation">The cells that <paramref name="Cell"/> is one of.</param>
/// <param name="Cell">The nearest; -1 when there were none yet.</param>
internal readonly record struct StoredEntry(int Slot, EncodedMessage Message, long Generation, int Cell);
