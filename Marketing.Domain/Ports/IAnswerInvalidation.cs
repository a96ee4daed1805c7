namespace Marketing.Domain.Ports;

/// <summary>Lets the write side tell the read side that cached answers are stale.</summary>
public interface IAnswerInvalidation
{
    /// <summary>Drops every cached answer for these users, in every process.</summary>
    ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken);

    /// <summary>Drops every cached answer, after a change that affects all of them.</summary>
    ValueTask InvalidateAllAsync(CancellationToken cancellationToken);
}
