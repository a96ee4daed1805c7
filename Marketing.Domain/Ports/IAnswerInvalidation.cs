namespace Marketing.Domain.Ports;

/// <summary>How the write side tells the read side that cached answers are stale.</summary>
public interface IAnswerInvalidation
{
    /// <summary>Drops every cached answer of these users, in every process.</summary>
    ValueTask InvalidateAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken);

    /// <summary>Drops every cached answer, after something that all answers depend on has changed.</summary>
    ValueTask InvalidateAllAsync(CancellationToken cancellationToken);
}
