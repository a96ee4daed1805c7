namespace Marketing.Stores;

/// <summary>A projection's file, which is compared with the log at startup and replaced when it is damaged.</summary>
internal interface IProjectionFile
{
    /// <summary>The projection's name.</summary>
    string Projection { get; }

    /// <summary>The file's name in the data directory.</summary>
    string FileName { get; }

    /// <summary>The mark of the log that the file had when it was opened.</summary>
    LogMark Mark { get; }

    /// <summary>Why the previous file was set aside on open; null when it was not.</summary>
    string? SetAsideBecause { get; }

    /// <summary>Sets the file aside and continues with an empty one.</summary>
    Task ReplaceAsync();

    /// <summary>Records in the file that the projection is complete.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Reads the whole file and reports damage, which replaces the file.</summary>
    /// <returns>False when it had to yield and must be repeated.</returns>
    bool QuickCheck(CancellationToken cancellationToken);
}
