using System.ComponentModel;
using Marketing.Recommendations.Answers;

namespace Marketing.Recommendations.Caching;

/// <summary>
/// An answer and its validity period. It is stored with the answer because a second level does not report an entry's age.
/// </summary>
/// <param name="Answer">The computed answer.</param>
/// <param name="ComputedAt">When the computation started.</param>
/// <param name="ValidUntil">Exclusive end of its validity.</param>
[ImmutableObject(true)]
internal sealed record CachedAnswer(Recommendation Answer, DateTimeOffset ComputedAt, DateTimeOffset ValidUntil)
{
    /// <summary>Whether the answer is valid now; false before it was computed, in case the clock was set back.</summary>
    public bool IsValidAt(DateTimeOffset now) => now >= ComputedAt && now < ValidUntil;
}
