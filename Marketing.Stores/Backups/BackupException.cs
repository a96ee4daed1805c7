namespace Marketing.Stores.Backups;

/// <summary>A backup cannot be made, is damaged, or cannot be restored as requested; the message is one sentence for an operator.</summary>
public sealed class BackupException(string sentence, Exception? cause = null) : StoreStartupException(sentence, cause);
