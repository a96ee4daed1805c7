using System.ComponentModel;
using Marketing.Recommendations.Answers;

namespace Marketing.Recommendations.Caching;

/// <summary>An answer with the period for which it is right. The cache itself cannot hold it to that: a second level does not say how old an entry is.</summary>
/// <param name="Answer">What was computed.</param>
/// <param name="ComputedAt">When the computation began.</param>
/// <param name="ValidUntil">First instant at which it must be computed again.</param>
[ImmutableObject(true)]
internal sealed record CachedAnswer(Recommendation Answer, DateTimeOffset ComputedAt, DateTimeOffset ValidUntil)
{
    /// <summary>Whether it may be given at a moment. Not before it was computed: the clock may have been set back.</summary>
    public bool IsValidAt(DateTimeOffset now) => now >= ComputedAt && now < ValidUntil;
}
