using System.Numerics.Tensors;

namespace Marketing.Stores.Embedding;

/// <summary>Normalizes vectors, because they are compared by angle; a zero vector stays zero.</summary>
internal static class UnitVector
{
    /// <summary>Divides a vector by its L2 norm, in place.</summary>
    public static float[] Normalize(float[] vector)
    {
        var length = TensorPrimitives.Norm(vector);
        if (length > 0)
        {
            TensorPrimitives.Divide(vector, length, vector);
        }

        return vector;
    }
}
