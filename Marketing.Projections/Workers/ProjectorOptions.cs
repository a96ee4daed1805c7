using System.ComponentModel.DataAnnotations;

namespace Marketing.Projections.Workers;

/// <summary>How the projector works; configuration section <c>Projector</c>.</summary>
public sealed record ProjectorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Projector";

    /// <summary>Interactions claimed at once.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; init; } = 1_000;

    /// <summary>Batches in flight at once in this process: while one waits for a store, the next is embedded.</summary>
    [Range(1, 64)]
    public int Concurrency { get; init; } = 2;

    /// <summary>How long a claimed batch belongs to its projector. A batch that takes longer is given up and claimed again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often to look for what other processes appended; what this process appends is noticed at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After how many claims an interaction that fails, while others do not, is set aside.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How long what failed waits for its second attempt; doubled for each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the backlog is measured and unfinished erasures are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan HousekeepingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The wait after a given attempt (1: the first) has failed.</summary>
    public TimeSpan DelayAfter(int attempt)
    {
        var doublings = Math.Min(attempt - 1, 30);
        return TimeSpan.FromTicks((long)Math.Min(MaxRetryDelay.Ticks, RetryDelay.Ticks * Math.Pow(2, doublings)));
    }
}
