using System.Buffers;
using Marketing.Domain.Ports;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>Merges the terms of several messages; a term gets the weight of the newest message that contains it.</summary>
internal static class MessageTerms
{
    /// <summary>Merges messages into distinct terms, ascending, each with a weight from 0 to 1.</summary>
    /// <param name="messages">Newest first.</param>
    /// <param name="max">Maximum number of messages to use.</param>
    /// <param name="discount">Weight of each message relative to the next newer one.</param>
    /// <param name="pool">The pool the array is rented from; the caller returns it.</param>
    /// <param name="count">Number of array entries used.</param>
    public static (uint Term, float Weight)[] Merge(
        IReadOnlyList<MessageVector> messages, int max, float discount, ArrayPool<(uint Term, float Weight)> pool, out int count)
    {
        var taken = Math.Min(max, messages.Count);
        var size = 0;
        for (var i = 0; i < taken; i++)
        {
            size += messages[i].Terms.Length;
        }

        var terms = pool.Rent(size);
        var weight = 1f;
        count = 0;
        for (var i = 0; i < taken; i++, weight *= discount)
        {
            foreach (var term in messages[i].Terms.Span)
            {
                terms[count++] = (term, weight);
            }
        }

        var all = terms.AsSpan(0, count);
        all.Sort(static (left, right) => left.Term != right.Term
            ? left.Term.CompareTo(right.Term)
            : right.Weight.CompareTo(left.Weight));
        count = KeepFirstOfEach(all);
        return terms;
    }

    private static int KeepFirstOfEach(Span<(uint Term, float Weight)> sorted)
    {
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (kept == 0 || sorted[i].Term != sorted[kept - 1].Term)
            {
                sorted[kept++] = sorted[i];
            }
        }

        return kept;
    }
}
