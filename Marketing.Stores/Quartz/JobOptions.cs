namespace Marketing.Stores.Quartz;

/// <summary>When the periodic jobs run; configuration section <c>Jobs</c>.</summary>
public sealed record JobOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Jobs";

    /// <summary>Whether this process runs the schedule; set it to false when an orchestrator calls the admin endpoints.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Job name → Quartz cron expression, in UTC (seconds minutes hours day month weekday); an empty one disables the job.
    /// </summary>
    public Dictionary<string, string> Schedules { get; init; } = new(StringComparer.Ordinal)
    {
        ["models"] = "0 15 * * * ?",
        ["dead-letters"] = "0 0 * * * ?",
        ["consistency"] = "0 30 3 * * ?",
        ["backup"] = "0 0 2 * * ?",
        ["retention"] = "0 0 4 * * ?",
    };
}
