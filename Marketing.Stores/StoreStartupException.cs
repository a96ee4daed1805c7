namespace Marketing.Stores;

/// <summary>Thrown when a store cannot be used as configured; the host prints the one-sentence message and stops.</summary>
public class StoreStartupException(string sentence, Exception? cause = null) : Exception(sentence, cause);
