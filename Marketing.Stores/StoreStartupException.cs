namespace Marketing.Stores;

/// <summary>A store cannot be used as it is configured. The message is one sentence for an operator; the host prints it and stops.</summary>
public class StoreStartupException(string sentence, Exception? cause = null) : Exception(sentence, cause);
