using System.Numerics.Tensors;
using Marketing.Domain.Ports;

namespace Marketing.Recommendations.Reading;

/// <summary>What to search with: the last message, and those before it at a discount.</summary>
internal static class QueryVector
{
    /// <summary>The discounted sum of the messages' vectors, of unit length; null when there is nothing to compare by.</summary>
    /// <param name="messages">Newest first.</param>
    /// <param name="discount">What each message counts of the one after it, 0 to 1.</param>
    public static ReadOnlyMemory<float>? Of(IReadOnlyList<MessageVector> messages, float discount)
    {
        if (messages.Count == 0)
        {
            return null;
        }

        if (messages.Count == 1 || discount == 0)
        {
            // A text without a word has the zero vector, which is near to nothing.
            return TensorPrimitives.Norm(messages[0].Vector.Span) > 0 ? messages[0].Vector : null;
        }

        var sum = messages[0].Vector.ToArray();
        var weight = discount;
        for (var i = 1; i < messages.Count; i++, weight *= discount)
        {
            TensorPrimitives.MultiplyAdd(messages[i].Vector.Span, weight, sum, sum);
        }

        var norm = TensorPrimitives.Norm<float>(sum);
        if (norm == 0)
        {
            return null;
        }

        TensorPrimitives.Divide(sum, norm, sum);
        return sum;
    }
}
