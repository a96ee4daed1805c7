using Marketing.Evaluation.Data;

namespace Marketing.Evaluation.Experiments;

/// <summary>Translates a data set into experiments.</summary>
/// <remarks>Only implementations of this interface map a data set to the product's terms.</remarks>
internal interface IExperimentSource
{
    /// <summary>The name of the data set on the command line.</summary>
    string Name { get; }

    /// <summary>Reads the data set.</summary>
    /// <remarks>The results of several experiments (for example, one per seed) are averaged.</remarks>
    /// <param name="data">The folder of the data set.</param>
    /// <param name="split">The file to test on; null for the default of the data set.</param>
    /// <exception cref="EvaluationException">A file is missing or has the wrong format.</exception>
    IEnumerable<Experiment> Load(DataFolder data, string? split);
}
