namespace Marketing.Ingest.Progress;

/// <summary>Displays the progress of a command.</summary>
internal interface IProgressDisplay
{
    /// <summary>Starts a task.</summary>
    /// <param name="name">The name of the task.</param>
    /// <param name="length">The total length in any unit; null when unknown.</param>
    /// <param name="doneBefore">The records that an earlier run imported.</param>
    /// <param name="unit">What is counted.</param>
    void Start(string name, long? length, long doneBefore, string unit = "records");

    /// <summary>Reports the position and the records done.</summary>
    void Report(long position, ImportTotals totals);

    /// <summary>Reports the position and how many are done.</summary>
    void Report(long position, long done) => Report(position, new ImportTotals(done, 0, 0));

    /// <summary>Ends the task, finished or not.</summary>
    ValueTask StopAsync();
}
