using System.Numerics.Tensors;
using Marketing.Domain.Ports;

namespace Marketing.Recommendations.Reading;

/// <summary>Builds the query vector from the last message and discounted earlier ones.</summary>
internal static class QueryVector
{
    /// <summary>Returns the discounted sum of the vectors, scaled to unit length; null if there is nothing to compare.</summary>
    /// <param name="messages">Newest first.</param>
    /// <param name="discount">Weight of each message relative to the next newer one, 0 to 1.</param>
    public static ReadOnlyMemory<float>? Of(IReadOnlyList<MessageVector> messages, float discount)
    {
        if (messages.Count == 0)
        {
            return null;
        }

        if (messages.Count == 1 || discount == 0)
        {
            // A text without words has the zero vector, which is similar to nothing.
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
