namespace Marketing.Domain.Ports;

/// <summary>Which dead letters; what is null does not matter.</summary>
/// <param name="Source">Their source, or its part before the colon: <c>file:a.csv</c>, or <c>file</c> for all files.</param>
/// <param name="Reason">A part of their reason, upper or lower case (ASCII).</param>
/// <param name="Since">Set aside then or later.</param>
/// <param name="Before">Set aside before.</param>
public sealed record DeadLetterFilter(
    string? Source = null, string? Reason = null, DateTimeOffset? Since = null, DateTimeOffset? Before = null)
{
    /// <summary>All of them.</summary>
    public static readonly DeadLetterFilter All = new();
}

/// <summary>What is said in terms of the port.</summary>
public static class DeadLettersExtensions
{
    /// <summary>All letters, newest first, from an opaque cursor on.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    public static Task<Page<DeadLetter>> ListAsync(
        this IDeadLetters letters, string? cursor, int limit, CancellationToken cancellationToken) =>
        letters.ListAsync(DeadLetterFilter.All, cursor, limit, cancellationToken);
}
