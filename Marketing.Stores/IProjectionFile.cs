namespace Marketing.Stores;

/// <summary>The file of one projection: what the start compares with the log, and what is replaced when it is damaged.</summary>
internal interface IProjectionFile
{
    /// <summary>The projection's name.</summary>
    string Projection { get; }

    /// <summary>The file's name in the data directory.</summary>
    string FileName { get; }

    /// <summary>What the file said of its log when it was opened.</summary>
    LogMark Mark { get; }

    /// <summary>Why the file that was there was set aside when it was opened; null: it was not.</summary>
    string? SetAsideBecause { get; }

    /// <summary>Sets the file aside and goes on with an empty one.</summary>
    Task ReplaceAsync();

    /// <summary>Notes in the file that it holds everything up to where the log has been seen.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Reads the whole file and reports damage, which replaces it.</summary>
    /// <returns>False when it had to give way and is to be asked again.</returns>
    bool QuickCheck(CancellationToken cancellationToken);
}
