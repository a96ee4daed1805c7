using System.ComponentModel.DataAnnotations;

namespace Marketing.Projections.Workers;

/// <summary>Settings of the projector; configuration section <c>Projector</c>.</summary>
public sealed record ProjectorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Projector";

    /// <summary>Number of interactions claimed at a time.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; init; } = 1_000;

    /// <summary>Number of batches in flight in this process, so that one is embedded while another waits for a store.</summary>
    [Range(1, 64)]
    public int Concurrency { get; init; } = 2;

    /// <summary>How long a claimed batch is leased; a batch that takes longer is abandoned and claimed again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often to poll for interactions appended by other processes; those from this process are noticed immediately.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often an interaction must fail while others succeed before it becomes a dead letter; counted by each process.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Back-off before the second attempt; it doubles with each further attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Maximum back-off between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often to measure the backlog and look for unfinished erasures.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan HousekeepingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Returns the back-off after a failed attempt (1 is the first).</summary>
    public TimeSpan DelayAfter(int attempt)
    {
        var doublings = Math.Min(attempt - 1, 30);
        return TimeSpan.FromTicks((long)Math.Min(MaxRetryDelay.Ticks, RetryDelay.Ticks * Math.Pow(2, doublings)));
    }
}
