namespace Marketing.Domain.Ports;

/// <summary>Selects dead letters; a null property does not filter.</summary>
/// <param name="Source">The source, or its part before the colon: <c>file:a.csv</c>, or <c>file</c> for all files.</param>
/// <param name="Reason">A substring of the reason; ASCII letters match in either case.</param>
/// <param name="Since">Inclusive lower bound of the failure time.</param>
/// <param name="Before">Exclusive upper bound of the failure time.</param>
public sealed record DeadLetterFilter(
    string? Source = null, string? Reason = null, DateTimeOffset? Since = null, DateTimeOffset? Before = null)
{
    /// <summary>Selects every dead letter.</summary>
    public static readonly DeadLetterFilter All = new();
}

/// <summary>Shortcuts for <see cref="IDeadLetters"/>.</summary>
public static class DeadLettersExtensions
{
    /// <summary>Lists all dead letters, newest first, starting at an opaque cursor.</summary>
    /// <exception cref="FormatException">The cursor is invalid.</exception>
    public static Task<Page<DeadLetter>> ListAsync(
        this IDeadLetters letters, string? cursor, int limit, CancellationToken cancellationToken) =>
        letters.ListAsync(DeadLetterFilter.All, cursor, limit, cancellationToken);
}
